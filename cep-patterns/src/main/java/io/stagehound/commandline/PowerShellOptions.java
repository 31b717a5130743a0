package io.stagehound.commandline;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code powershell.exe} and {@code pwsh.exe}, each of which may be shortened to any
 * beginning. <a
 * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_pwsh">
 * Reference</a>.
 */
final class PowerShellOptions {

  private static final List<String> WITH_VALUE =
      List.of(
          "executionpolicy",
          "ep",
          "windowstyle",
          "version",
          "inputformat",
          "outputformat",
          "configurationname",
          "psconsolefile",
          "workingdirectory",
          "wd",
          "settingsfile",
          "custompipename",
          "encodedarguments",
          "ea");

  private static final List<String> SWITCHES =
      List.of(
          "noprofile", "noninteractive", "nologo", "noexit", "sta", "mta", "login", "interactive");

  private PowerShellOptions() {}

  /**
   * The command that PowerShell is started with.
   *
   * @param begin the word that it begins at
   * @param encoded whether that word is {@link EncodedCommand} and all of it
   */
  record Command(Word begin, boolean encoded) {}

  /** The command that these arguments give; null when there is none in the line. */
  static @Nullable Command commandOf(List<Word> arguments) {
    int at = 0;
    while (at < arguments.size()) {
      String text = arguments.get(at).text().toLowerCase(Locale.ROOT);
      boolean option =
          text.length() > 1 && (CmdletArguments.isDash(text.charAt(0)) || text.startsWith("/"));
      if (!option) {
        return new Command(arguments.get(at), false);
      }
      String name = text.substring(1);
      boolean encoded = "encodedcommand".startsWith(name) || name.equals("ec");
      if (encoded || "command".startsWith(name)) {
        return at + 1 < arguments.size() ? new Command(arguments.get(at + 1), encoded) : null;
      }
      if ("file".startsWith(name)) {
        return null;
      }
      boolean isSwitch = SWITCHES.stream().anyMatch(known -> known.startsWith(name));
      boolean hasValue = !isSwitch && WITH_VALUE.stream().anyMatch(known -> known.startsWith(name));
      at += hasValue ? 2 : 1;
    }
    return null;
  }
}
