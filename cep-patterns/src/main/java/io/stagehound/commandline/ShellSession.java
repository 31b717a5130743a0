package io.stagehound.commandline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a command line as its shells would run it, without running anything: which shell reads
 * what, where it stands, what its variables hold, and what is copied.
 */
final class ShellSession {

  /** A shell in a shell in a shell: deeper ones are not followed. */
  private static final int DEEPEST_SHELL = 3;

  /** Words that come before a command in cmd and leave it one. */
  private static final Set<String> CMD_PREFIXES = Set.of("do", "else", "call");

  private final Variables variables = new Variables();
  private final Deque<@Nullable String> directories = new ArrayDeque<>();
  private final CopyTally tally = new CopyTally();
  private @Nullable String directory;
  private int depth;

  /**
   * A session.
   *
   * @param directory the working directory at its start; null when it is not known
   */
  ShellSession(@Nullable String directory) {
    this.directory = directory;
  }

  /** What was copied to or from UNC paths; null when nothing was. */
  @Nullable CopyCommand copy() {
    return tally.copy();
  }

  /** Runs the command line of a tool that was started by itself. */
  void runTool(String tool, String commandLine) {
    Statement whole = onlyStatement(commandLine);
    if (whole != null) {
      runCopy(whole, tool, Shell.CMD, List.of());
    }
  }

  /** A process gets its command line whole: separators and redirections are a shell's. */
  private static @Nullable Statement onlyStatement(String commandLine) {
    List<Word> words = new ProcessArguments(commandLine).words();
    return words.isEmpty() ? null : new Statement(words, false, commandLine, commandLine.length());
  }

  /** Runs {@code cmd.exe … /c text}. */
  void startCmd(String commandLine) {
    Statement start = onlyStatement(commandLine);
    if (start != null) {
      startCmd(start);
    }
  }

  private void startCmd(Statement start) {
    for (Word word : start.arguments()) {
      String option = word.text().toLowerCase(Locale.ROOT);
      if (option.startsWith("/c") || option.startsWith("/k") || option.startsWith("/r")) {
        String text = start.textFrom(word);
        // The option may have the command right behind it.
        run(Shell.CMD, unquoted(text.substring(Math.min(text.length(), 2)).strip()));
        return;
      }
    }
  }

  /** Runs {@code powershell.exe … -Command text}. */
  void startPowerShell(String commandLine) {
    Statement start = onlyStatement(commandLine);
    if (start != null) {
      startPowerShell(start);
    }
  }

  private void startPowerShell(Statement start) {
    Word command = PowerShellOptions.commandOf(start.arguments());
    if (command != null) {
      run(Shell.POWERSHELL, unquoted(start.textFrom(command).strip()).replace("\\\"", "\""));
    }
  }

  /** Text between quotes that a shell or the C runtime takes off. */
  private static String unquoted(String text) {
    boolean inQuotes = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return inQuotes ? text.substring(1, text.length() - 1) : text;
  }

  private void run(Shell shell, String text) {
    if (depth == DEEPEST_SHELL) {
      return;
    }
    depth++;
    List<String> upstream = List.of();
    for (Statement statement : shell.statements(text)) {
      for (Word word : statement.words()) {
        tally.mention(variables.expand(word.text()));
      }
      Statement command = shell == Shell.CMD ? withoutPrefixes(statement) : statement;
      if (!command.words().isEmpty()) {
        runStatement(command, shell, statement.piped() ? upstream : List.of());
      }
      upstream = paths(statement);
    }
    depth--;
  }

  private void runStatement(Statement statement, Shell shell, List<String> upstream) {
    if (shell == Shell.POWERSHELL && statement.words().get(0).text().startsWith("$")) {
      variables.assignInPowerShell(statement.words());
      return;
    }
    String command = statement.command();
    switch (command) {
      case "cmd" -> startCmd(statement);
      case "powershell", "pwsh" -> startPowerShell(statement);
      case "set" -> variables.setInCmd(statement.arguments());
      case "pushd", "push-location" -> enter(statement, true);
      case "cd", "chdir", "sl", "set-location" -> enter(statement, false);
      case "popd", "pop-location" -> leave();
      default -> runCopy(statement, command, shell, upstream);
    }
  }

  /** Without {@code do}, {@code if exist x}, {@code start /b} and their likes. */
  private static Statement withoutPrefixes(Statement statement) {
    Statement rest = statement;
    while (!rest.words().isEmpty()) {
      String command = rest.command();
      int passed;
      if (CMD_PREFIXES.contains(command)) {
        passed = 1;
      } else if (command.equals("if")) {
        passed = ifCondition(rest.words());
      } else if (command.equals("start")) {
        passed = startOptions(rest.words());
      } else {
        return rest;
      }
      rest = rest.without(Math.min(passed, rest.words().size()));
    }
    return rest;
  }

  private static int ifCondition(List<Word> words) {
    int at = 1;
    while (at < words.size()
        && (words.get(at).text().equalsIgnoreCase("/i")
            || words.get(at).text().equalsIgnoreCase("not"))) {
      at++;
    }
    if (at >= words.size()) {
      return at;
    }
    String test = words.get(at).text().toLowerCase(Locale.ROOT);
    if (test.equals("exist") || test.equals("defined") || test.equals("errorlevel")) {
      return at + 2;
    }
    // a==b is one word, a == b and a EQU b are three.
    return test.contains("==") ? at + 1 : at + 3;
  }

  private static int startOptions(List<Word> words) {
    int at = 1;
    while (at < words.size()
        && (words.get(at).isSlashOption() || (at == 1 && words.get(at).quoted()))) {
      at++;
    }
    return at;
  }

  private void enter(Statement statement, boolean remember) {
    List<String> paths = paths(statement);
    if (paths.isEmpty()) {
      return;
    }
    if (remember) {
      directories.push(directory == null ? "" : directory);
    }
    String path = variables.expand(paths.get(0));
    if (WindowsPath.isRelative(path)) {
      directory = directory == null ? null : WindowsPath.join(directory, path);
    } else {
      directory = path;
    }
  }

  private void leave() {
    String previous = directories.poll();
    directory = previous == null || previous.isEmpty() ? null : previous;
  }

  /** The paths that a command which lists or enters folders names. */
  private static List<String> paths(Statement statement) {
    CmdletArguments arguments = CmdletArguments.of(statement.arguments());
    List<String> paths = new ArrayList<>(arguments.named("path"));
    paths.addAll(arguments.named("literalpath"));
    arguments.positional().forEach(paths::addAll);
    paths.removeIf(path -> path.startsWith("/"));
    return paths;
  }

  private void runCopy(Statement statement, String command, Shell shell, List<String> upstream) {
    CopyTool tool = CopyTool.of(command, shell);
    if (tool == null) {
      return;
    }
    CopyEnds ends = tool.ends(statement, upstream);
    Set<String> sources = new LinkedHashSet<>();
    for (String source : ends.sources()) {
      sources.add(located(source));
    }
    String destination = ends.destination();
    tally.add(command, sources, located(destination == null ? "." : destination));
  }

  /** A path with its variables replaced, and with the working directory before a relative one. */
  private String located(String path) {
    String expanded = stripProvider(variables.expand(path));
    if (directory == null || !WindowsPath.isRelative(expanded) || Variables.isVariable(expanded)) {
      return expanded;
    }
    return expanded.equals(".") ? directory : WindowsPath.join(directory, expanded);
  }

  /** PowerShell's {@code Microsoft.PowerShell.Core\FileSystem::} before a path. */
  private static String stripProvider(String path) {
    int colons = path.indexOf("::");
    boolean provider =
        colons > 0 && path.substring(0, colons).toLowerCase(Locale.ROOT).endsWith("filesystem");
    return provider ? path.substring(colons + 2) : path;
  }
}
