package io.stagehound.commandline;

import io.stagehound.event.Text;
import io.stagehound.signal.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows a command line as its shells would run it, without running anything: which shell reads
 * what, where it stands, what its variables hold, and what is copied.
 */
final class ShellSession {

  /** A shell in a shell in a shell: deeper ones are not followed. */
  private static final int DEEPEST_SHELL = 3;

  /** An encoded command in an encoded command: deeper ones are not followed. */
  private static final int DEEPEST_ENCODED = 2;

  /** Words that come before a command in PowerShell and leave it one. */
  private static final Set<String> POWERSHELL_PREFIXES = Set.of("return", ".");

  /** {@code $a = $b = …}: more in one statement are not followed. */
  private static final int MOST_ASSIGNMENTS = 10;

  private final ExpansionBudget budget;
  private final Variables variables;
  private final Deque<String> directories = new ArrayDeque<>();
  private final LineDrives drives = new LineDrives();
  private final CopyTally tally;
  private final boolean logged;
  private @Nullable String directory;
  private @Nullable String encodedCommand;
  private int depth;
  private int encodedDepth;

  /**
   * A session.
   *
   * @param directory the working directory at its start; null when it is not known
   * @param lineLength the length of the line that it will run
   * @param logged whether PowerShell itself told of the commands, and no process start
   */
  ShellSession(@Nullable String directory, int lineLength, boolean logged) {
    this.directory = directory;
    this.logged = logged;
    tally = new CopyTally(drives, !logged);
    budget = new ExpansionBudget(lineLength);
    variables = new Variables(budget);
  }

  /**
   * What was copied and mapped, and what that shows.
   *
   * @param hostKey the name of the machine, without its domain
   */
  CommandAnalysis analysis(String hostKey) {
    CopyCommand copy = tally.copy();
    Map<Signal, String> found = new EnumMap<>(Signal.class);
    if (copy != null) {
      found.putAll(tally.found(copy, hostKey));
    }
    if (encodedCommand != null) {
      found.put(Signal.ENCODED_COMMAND, encodedCommand);
    }
    return new CommandAnalysis(copy, drives.mappings(), CopyFindings.list(found));
  }

  /** Runs the command line of a program that was started by itself. */
  void runProgram(String program, String commandLine) {
    Statement whole = onlyStatement(commandLine);
    if (whole != null) {
      runCommand(whole, program, Shell.CMD, Upstream.NONE);
    }
  }

  /** Runs a script of PowerShell. */
  void runScript(String text) {
    run(Shell.POWERSHELL, text);
  }

  /** Runs commands of PowerShell, each by itself. */
  void runLogged(List<Statement> statements) {
    for (Statement statement : statements) {
      runCommand(statement, statement.command(), Shell.POWERSHELL, Upstream.NONE);
    }
  }

  /** A process gets its command line whole: separators and redirections are a shell's. */
  private static @Nullable Statement onlyStatement(String commandLine) {
    List<Word> words = ProcessArguments.paths(commandLine);
    if (words.isEmpty()) {
      return null;
    }
    Statement apart = Statement.whole(words, commandLine).withCommandApart();
    return apart.words().isEmpty() ? null : apart;
  }

  /** Runs {@code cmd.exe … /c text}. */
  private void startCmd(Statement start) {
    for (Word word : start.arguments()) {
      if (word.isSlashOption() && commandOption(word.bare()) >= 0) {
        String text = start.textFrom(word);
        // The option may have the command right behind it.
        run(Shell.CMD, cmdText(text.substring(commandOption(text) + 2).strip()));
        return;
      }
    }
  }

  /** Where {@code /c} or its likes stand in a text, {@code /d/s/c}; -1 for nowhere. */
  private static int commandOption(String text) {
    int slash = text.indexOf('/');
    while (slash >= 0 && slash + 1 < text.length()) {
      if ("ckrCKR".indexOf(text.charAt(slash + 1)) >= 0) {
        return slash;
      }
      slash = text.indexOf('/', slash + 1);
    }
    return -1;
  }

  /**
   * What cmd makes of the text behind {@code /c}: a quote that it begins with goes, and the last
   * one with it, unless the two stand around the path of a program. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/cmd">Reference
   * </a>.
   */
  private static String cmdText(String text) {
    int last = text.lastIndexOf('"');
    if (last <= 0 || text.charAt(0) != '"') {
      return text;
    }
    boolean two = text.indexOf('"', 1) == last;
    return two && last < text.length() - 1 && isProgram(text.substring(1, last))
        ? text
        : text.substring(1, last) + text.substring(last + 1);
  }

  /** Whether a text with blanks may be the path of a program, and no command with arguments. */
  private static boolean isProgram(String text) {
    boolean whole = text.indexOf(':') == 1 || text.startsWith("%");
    String name = text.toLowerCase(Locale.ROOT);
    return whole
        && name.indexOf(':', 2) < 0
        && !name.contains(" \\\\")
        && !name.contains(" /")
        && !name.contains(".exe ")
        && name.chars().noneMatch(c -> "&<>()@^|".indexOf(c) >= 0);
  }

  /** Runs {@code powershell.exe … -Command text}. */
  private void startPowerShell(Statement start) {
    PowerShellOptions.Command command = PowerShellOptions.commandOf(start.arguments());
    if (command == null) {
      return;
    }
    if (command.encoded()) {
      runEncoded(command.begin().text());
    } else {
      String text = start.textFrom(command.begin());
      run(Shell.POWERSHELL, powerShellText(ProcessArguments.texts(text)));
    }
  }

  private void runEncoded(String encoded) {
    String decoded =
        encodedDepth < DEEPEST_ENCODED && budget.take(encoded.length())
            ? EncodedCommand.decode(encoded)
            : null;
    if (decoded != null) {
      encodedCommand =
          encodedCommand == null ? Text.cut(decoded, Statement.LONGEST_TEXT) : encodedCommand;
      encodedDepth++;
      run(Shell.POWERSHELL, decoded);
      encodedDepth--;
    }
  }

  /**
   * The text that PowerShell puts together from its arguments. What quotes held together stays
   * together, though PowerShell would let it fall apart: it is meant so.
   */
  private static String powerShellText(List<Word> arguments) {
    StringBuilder text = new StringBuilder();
    for (Word argument : arguments) {
      boolean first = text.length() == 0;
      boolean together =
          !first
              && argument.quoted()
              && argument.text().indexOf('"') < 0
              && argument.text().chars().anyMatch(Character::isWhitespace);
      text.append(first ? "" : " ");
      text.append(together ? '"' + argument.text() + '"' : argument.text());
    }
    return text.toString();
  }

  private void run(Shell shell, String text) {
    if (depth < DEEPEST_SHELL) {
      depth++;
      run(shell, shell.statements(text));
      depth--;
    }
  }

  private void run(Shell shell, List<Statement> statements) {
    Upstream upstream = Upstream.NONE;
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      for (Word word : statement.words()) {
        tally.mention(word.text());
        // The entries of a table are no commands.
        if (!word.text().startsWith("@{")) {
          run(shell, word.inner());
        }
        if (shell == Shell.POWERSHELL) {
          runMethod(MethodCall.of(word), statement);
        }
      }
      if (shell == Shell.CMD) {
        runCmd(statement);
      } else {
        runPowerShell(statement, statement.piped() ? upstream : Upstream.NONE);
        boolean feeds = i + 1 < statements.size() && statements.get(i + 1).piped();
        upstream = feeds ? downstream(statement, upstream) : Upstream.NONE;
      }
    }
  }

  /** What a statement passes on through a pipe. */
  private static Upstream downstream(Statement statement, Upstream upstream) {
    if (statement.piped() && PowerShellValue.isFilter(statement)) {
      return upstream;
    }
    if (CopyTool.READERS.contains(statement.command())) {
      return new Upstream(Cmdlets.contentFiles(statement), true);
    }
    List<String> values = PowerShellValue.of(statement.words());
    return new Upstream(values == null ? paths(statement) : values, false);
  }

  private void runCmd(Statement statement) {
    CmdCommand command = CmdCommand.of(statement);
    Statement rest = command.statement();
    if (rest.words().isEmpty()) {
      return;
    }
    String before = directory;
    if (command.directory() != null) {
      enter(command.directory());
    }
    runCommand(rest, rest.command(), Shell.CMD, Upstream.NONE);
    if (command.directory() != null) {
      directory = before;
    }
  }

  private void runPowerShell(Statement statement, Upstream upstream) {
    Statement rest = statement;
    for (int i = 0; i < MOST_ASSIGNMENTS; i++) {
      Assignment assignment = Assignment.of(rest.words());
      if (assignment != null && assignment.isToVariable()) {
        String value = variables.assign(assignment);
        if (value != null) {
          tally.mention(value);
        }
        rest = rest.with(assignment.value());
      } else if (POWERSHELL_PREFIXES.contains(rest.command())) {
        rest = rest.without(1);
      } else {
        if (!rest.isText()) {
          runCommand(rest, rest.command(), Shell.POWERSHELL, upstream);
        }
        return;
      }
      if (rest.words().isEmpty()) {
        return;
      }
    }
  }

  private void runCommand(Statement statement, String command, Shell shell, Upstream upstream) {
    switch (command) {
      case "cmd" -> startCmd(statement);
      case "powershell", "pwsh" -> startPowerShell(statement);
      case "wmic", "forfiles" -> startFrom(statement, command);
      case "set" -> {
        String value = variables.setInCmd(statement.arguments());
        if (value != null) {
          tally.mention(value);
        }
      }
      case "pushd", "push-location" -> enter(statement, true);
      case "cd", "chdir", "sl", "set-location" -> enter(statement, false);
      case "popd", "pop-location" -> leave();
      default -> {
        if (DriveCommand.isLetter(command)) {
          changeDrive(command);
        }
      }
    }
    Statement whole = statement.with(variables.splat(statement.words()));
    runMapping(DriveCommand.mappings(whole, command, shell), statement);
    CopyTool tool = CopyTool.of(command, shell);
    CopyEnds ends = tool == null ? null : tool.grammar().ends(whole, upstream);
    if (tool != null && ends != null) {
      runCopy(statement, command, tool, ends, named(tool, whole));
    }
  }

  /** What the words of a copy name; only the tools of the indicators are read with doubt. */
  private CopyTally.Named named(CopyTool tool, Statement statement) {
    return tool.signal() == Signal.OTHER_COPY_TOOL
        ? CopyTally.Named.NOTHING
        : named(statement.arguments());
  }

  /** Runs the command line that another program is told to start. */
  private void startFrom(Statement statement, String program) {
    List<Word> words = statement.arguments();
    for (int i = 0; i + 1 < words.size(); i++) {
      String word = words.get(i).text();
      boolean started = word.equalsIgnoreCase(program.equals("wmic") ? "create" : "/c");
      Statement inner = started ? onlyStatement(words.get(i + 1).text()) : null;
      if (inner != null && depth < DEEPEST_SHELL) {
        depth++;
        runCommand(inner, inner.command(), Shell.CMD, Upstream.NONE);
        depth--;
        return;
      }
    }
  }

  /** Goes to a drive; one that this line has not mapped is as good as where it stands. */
  private void changeDrive(String drive) {
    String place = drives.place(drive);
    if (!place.equals(drive)) {
      directory = place;
    }
  }

  private void runMethod(@Nullable MethodCall call, Statement statement) {
    if (call == null) {
      return;
    }
    runMapping(DriveCommand.mappings(call), statement);
    if (call.copies()) {
      runCopy(statement, call.command(), CopyTool.METHOD, call.ends(), CopyTally.Named.NOTHING);
    }
  }

  private void runMapping(List<DriveCommand.Mapping> mappings, Statement statement) {
    for (DriveCommand.Mapping mapping : mappings) {
      String name = located(mapping.name()).toLowerCase(Locale.ROOT);
      String place = mapping.place() == null ? null : located(mapping.place());
      boolean known =
          !Variables.isVariable(name) && (place == null || !Variables.isVariable(place));
      if (known) {
        drives.add(new DriveMapping(name, place, statement.text()));
      }
    }
  }

  private void enter(Statement statement, boolean remember) {
    List<String> paths = paths(statement);
    if (paths.isEmpty()) {
      return;
    }
    if (remember) {
      directories.push(directory == null ? "" : directory);
    }
    enter(paths.get(0));
  }

  private void enter(String path) {
    String entered = drives.place(located(path));
    boolean known = directory != null || !WindowsPath.isRelative(entered);
    directory = known && entered.length() <= WindowsPath.LONGEST ? entered : null;
  }

  private void leave() {
    String previous = directories.poll();
    directory = previous == null || previous.isEmpty() ? null : previous;
  }

  /** The paths that a command which lists or enters folders names. */
  private static List<String> paths(Statement statement) {
    List<String> paths = CmdletArguments.ofListing(statement.arguments()).paths();
    return paths.stream()
        .filter(path -> !path.startsWith("/") || UncPath.parse(path) != null)
        .toList();
  }

  private void runCopy(
      Statement statement, String command, CopyTool tool, CopyEnds ends, CopyTally.Named named) {
    String destination = ends.destination();
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    if (tool.signal() != null) {
      signals.add(tool.signal());
    }
    if (logged && tool.inProcess() && depth <= 1) {
      signals.add(Signal.IN_PROCESS_COPY);
    }
    tally.add(
        new CopyTally.Copy(
            command,
            statement.text(),
            located(ends),
            located(destination == null ? "." : destination),
            named,
            signals));
  }

  /** What these words name, also inside of parentheses. */
  private CopyTally.Named named(List<Word> words) {
    List<UncPath> paths = new ArrayList<>();
    boolean understood = true;
    for (Word word : words) {
      String text = variables.expand(word.text());
      UncPath path = UncPath.parse(text);
      if (path != null && paths.size() < CopyCommand.LIST_LIMIT) {
        paths.add(path);
      }
      boolean known = PowerShellValue.of(word) != null;
      understood &= known && (word.isGroup() || !Variables.isVariable(text));
      understood &= !CmdletArguments.isSplat(word);
      for (Statement inner : word.inner()) {
        CopyTally.Named below = named(inner.words());
        below.paths().stream().limit(CopyCommand.LIST_LIMIT - paths.size()).forEach(paths::add);
        understood &= below.understood();
      }
    }
    return new CopyTally.Named(paths, understood);
  }

  /** The sources as Windows would look for them. */
  private Stream<String> located(CopyEnds ends) {
    if (ends.folder() == null) {
      return ends.sources().stream().map(this::located);
    }
    String folder = located(ends.folder());
    return ends.sources().stream()
        .map(variables::expand)
        // Where the line may grow no more, the folder stands for its files.
        .map(file -> budget.take(folder.length()) ? WindowsPath.join(folder, file) : folder);
  }

  /**
   * A path as Windows would look for it: with its variables replaced, and with the working
   * directory before a relative one.
   */
  private String located(String path) {
    String whole = stripProvider(variables.expand(path));
    if (Variables.isVariable(whole)) {
      return whole;
    }
    String expanded = WindowsPath.tidy(whole);
    boolean whereVariableIs = Variables.endOfVariable(expanded, 0) > 0;
    if (directory == null || whereVariableIs || !WindowsPath.isRelative(expanded)) {
      return expanded;
    }
    if (expanded.equals(".")) {
      return directory;
    }
    return budget.take(directory.length()) ? WindowsPath.join(directory, expanded) : expanded;
  }

  /** PowerShell's {@code Microsoft.PowerShell.Core\FileSystem::} before a path. */
  private static String stripProvider(String path) {
    int colons = path.indexOf("::");
    boolean provider =
        colons > 0 && path.substring(0, colons).toLowerCase(Locale.ROOT).endsWith("filesystem");
    return provider ? path.substring(colons + 2) : path;
  }
}
