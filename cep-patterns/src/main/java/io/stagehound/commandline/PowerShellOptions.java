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
          "custompipename");

  private static final List<String> SWITCHES =
      List.of(
          "noprofile", "noninteractive", "nologo", "noexit", "sta", "mta", "login", "interactive");

  private PowerShellOptions() {}

  /** The word that the command begins at; null when there is none in the line. */
  static @Nullable Word commandOf(List<Word> arguments) {
    int at = 0;
    while (at < arguments.size()) {
      String text = arguments.get(at).text().toLowerCase(Locale.ROOT);
      boolean option = text.length() > 1 && (text.startsWith("-") || text.startsWith("/"));
      if (!option) {
        return arguments.get(at);
      }
      String name = text.substring(1);
      if ("command".startsWith(name)) {
        return at + 1 < arguments.size() ? arguments.get(at + 1) : null;
      }
      if ("file".startsWith(name) || "encodedcommand".startsWith(name)) {
        return null;
      }
      boolean isSwitch = SWITCHES.stream().anyMatch(known -> known.startsWith(name));
      boolean hasValue = !isSwitch && WITH_VALUE.stream().anyMatch(known -> known.startsWith(name));
      at += hasValue ? 2 : 1;
    }
    return null;
  }
}
