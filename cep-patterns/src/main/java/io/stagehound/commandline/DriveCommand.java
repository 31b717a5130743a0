package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands that make a drive or folder stand for another place, or stand for it no more. */
final class DriveCommand {

  /**
   * What one command maps, as its arguments name it.
   *
   * @param name the drive or folder
   * @param place what it stands for; null when it stands for nothing any more
   */
  record Mapping(String name, @Nullable String place) {}

  /** How the arguments of such a command are read. */
  @FunctionalInterface
  private interface Grammar {
    List<Mapping> mappings(Statement statement);
  }

  private static final Map<String, Grammar> PROGRAMS =
      Map.of("net", DriveCommand::net, "net1", DriveCommand::net, "subst", DriveCommand::subst);

  private static final Map<String, Grammar> IN_CMD = Map.of("mklink", DriveCommand::mklink);

  private static final Map<String, Grammar> IN_POWERSHELL =
      Map.of(
          "new-psdrive", DriveCommand::newPsDrive,
          "ndr", DriveCommand::newPsDrive,
          "mount", DriveCommand::newPsDrive,
          "remove-psdrive", DriveCommand::removePsDrive,
          "rdr", DriveCommand::removePsDrive,
          "new-item", DriveCommand::newItem,
          "ni", DriveCommand::newItem,
          "new-smbmapping", DriveCommand::newSmbMapping,
          "remove-smbmapping", DriveCommand::removeSmbMapping);

  private static final Set<String> LINKS = Set.of("symboliclink", "junction");

  private DriveCommand() {}

  /** What the statement maps; empty when it maps nothing. */
  static List<Mapping> mappings(Statement statement, String command, Shell shell) {
    Grammar grammar = PROGRAMS.get(command);
    if (grammar == null) {
      grammar = (shell == Shell.CMD ? IN_CMD : IN_POWERSHELL).get(command);
    }
    return grammar == null ? List.of() : grammar.mappings(statement);
  }

  /** The programs that map drives, by the names of their images. */
  static Set<String> programs() {
    return PROGRAMS.keySet();
  }

  /** Whether it is a drive's letter with its colon. */
  static boolean isLetter(String name) {
    return name.length() == 2 && name.charAt(1) == ':' && Character.isLetter(name.charAt(0));
  }

  /**
   * {@code net use z: \\server\share}, {@code net use z: /delete}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/net-use">
   * Reference</a>.
   */
  private static List<Mapping> net(Statement statement) {
    List<String> paths = new ArrayList<>();
    boolean removes = false;
    for (Word word : statement.arguments()) {
      if (word.isSlashOption()) {
        String option = word.text().toLowerCase(Locale.ROOT);
        removes |= option.length() > 1 && "/delete".startsWith(option);
      } else {
        paths.add(word.text());
      }
    }
    if (paths.size() < 2 || !paths.get(0).equalsIgnoreCase("use") || !isLetter(paths.get(1))) {
      return List.of();
    }
    if (removes) {
      return List.of(new Mapping(paths.get(1), null));
    }
    return paths.size() > 2 && UncPath.parse(paths.get(2)) != null
        ? List.of(new Mapping(paths.get(1), paths.get(2)))
        : List.of();
  }

  /**
   * {@code subst z: C:\folder}, {@code subst z: /d}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/subst">
   * Reference</a>.
   */
  private static List<Mapping> subst(Statement statement) {
    List<Word> words = statement.arguments();
    if (words.size() != 2) {
      return List.of();
    }
    // Either may come first where one is the option.
    int drive = words.get(0).text().equalsIgnoreCase("/d") ? 1 : 0;
    String name = words.get(drive).text();
    String other = words.get(1 - drive).text();
    return isLetter(name)
        ? List.of(new Mapping(name, other.equalsIgnoreCase("/d") ? null : other))
        : List.of();
  }

  /**
   * {@code mklink /d link target}, {@code mklink /j link target}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/mklink">
   * Reference</a>.
   */
  private static List<Mapping> mklink(Statement statement) {
    SlashArguments arguments = SlashArguments.of(statement.arguments());
    boolean toFolder = arguments.options().contains("d") || arguments.options().contains("j");
    return toFolder && arguments.paths().size() == 2
        ? List.of(new Mapping(arguments.paths().get(0).text(), arguments.paths().get(1).text()))
        : List.of();
  }

  /**
   * {@code New-PSDrive -Name X -PSProvider FileSystem -Root \\server\share}. <a
   * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.management/new-psdrive">
   * Reference</a>.
   */
  private static List<Mapping> newPsDrive(Statement statement) {
    CmdletArguments arguments =
        CmdletArguments.of(
            statement.arguments(), List.of("name", "psprovider", "root", "scope", "description"));
    List<String> positional = new ArrayList<>();
    arguments.positional().forEach(positional::addAll);
    // A name that is given takes no place among those that come without one.
    String name = next(arguments, "name", positional);
    String provider = next(arguments, "psprovider", positional);
    String root = next(arguments, "root", positional);
    return name.isEmpty() || root.isEmpty() || !provider.equalsIgnoreCase("filesystem")
        ? List.of()
        : List.of(new Mapping(name + ":", root));
  }

  private static String next(CmdletArguments arguments, String parameter, List<String> positional) {
    List<String> named = arguments.named(parameter);
    if (!named.isEmpty()) {
      return named.get(0);
    }
    return positional.isEmpty() ? "" : positional.remove(0);
  }

  private static List<Mapping> removePsDrive(Statement statement) {
    CmdletArguments arguments =
        CmdletArguments.of(
            statement.arguments(), List.of("name", "literalname", "psprovider", "scope"));
    return arguments.at(0, "name", "literalname").stream()
        .map(name -> new Mapping(name + ":", null))
        .toList();
  }

  /**
   * {@code New-Item -ItemType SymbolicLink -Path link -Target place}. <a
   * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.management/new-item">
   * Reference</a>.
   */
  private static List<Mapping> newItem(Statement statement) {
    CmdletArguments arguments =
        CmdletArguments.of(
            statement.arguments(), List.of("itemtype", "type", "target", "value", "name"));
    String type =
        first(arguments.at(Integer.MAX_VALUE, "itemtype", "type")).toLowerCase(Locale.ROOT);
    String folder = first(arguments.at(0, "path"));
    String name = first(arguments.named("name"));
    String link =
        name.isEmpty() ? folder : folder.isEmpty() ? name : WindowsPath.join(folder, name);
    String place = first(arguments.at(Integer.MAX_VALUE, "target", "value"));
    return LINKS.contains(type) && !link.isEmpty() && !place.isEmpty()
        ? List.of(new Mapping(link, place))
        : List.of();
  }

  /**
   * {@code New-SmbMapping -LocalPath z: -RemotePath \\server\share}. <a
   * href="https://learn.microsoft.com/powershell/module/smbshare/new-smbmapping">Reference</a>.
   */
  private static List<Mapping> newSmbMapping(Statement statement) {
    CmdletArguments arguments =
        CmdletArguments.of(
            statement.arguments(), List.of("localpath", "remotepath", "username", "password"));
    String name = first(arguments.at(0, "localpath"));
    String place = first(arguments.at(1, "remotepath"));
    return isLetter(name) && !place.isEmpty() ? List.of(new Mapping(name, place)) : List.of();
  }

  private static List<Mapping> removeSmbMapping(Statement statement) {
    CmdletArguments arguments =
        CmdletArguments.of(statement.arguments(), List.of("localpath", "remotepath"));
    return arguments.at(0, "localpath").stream()
        .filter(DriveCommand::isLetter)
        .map(name -> new Mapping(name, null))
        .toList();
  }

  /**
   * {@code MapNetworkDrive} and {@code RemoveNetworkDrive} of {@code WScript.Network}. <a
   * href="https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/windows-scripting/8kst88h6(v=vs.84)">
   * Reference</a>.
   */
  static List<Mapping> mappings(MethodCall call) {
    List<String> arguments = call.arguments();
    if (arguments.isEmpty() || !isLetter(arguments.get(0))) {
      return List.of();
    }
    if (call.method().equals("removenetworkdrive")) {
      return List.of(new Mapping(arguments.get(0), null));
    }
    return call.method().equals("mapnetworkdrive") && arguments.size() > 1
        ? List.of(new Mapping(arguments.get(0), arguments.get(1)))
        : List.of();
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.get(0);
  }
}
