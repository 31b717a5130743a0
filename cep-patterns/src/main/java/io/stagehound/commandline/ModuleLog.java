package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands that a record of PowerShell's module log tells of, with the values that their
 * parameters had: {@code CommandInvocation(Copy-Item): "Copy-Item"} and {@code
 * ParameterBinding(Copy-Item): name="Destination"; value="\\server\share"}, one a line. <a
 * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows">
 * Reference</a>.
 */
final class ModuleLog {

  private static final String INVOCATION = "CommandInvocation(";
  private static final String BINDING = "ParameterBinding(";
  private static final String NAME = "name=\"";
  private static final String VALUE = "\"; value=\"";

  /** Between the values of a parameter that has several. */
  private static final String BETWEEN_VALUES = ", ";

  /** Commands of one record; no real one has as many. */
  private static final int MOST_COMMANDS = 100;

  private ModuleLog() {}

  /** The commands of a record, as if they had been written out. */
  static List<Statement> statements(String payload) {
    List<List<Word>> commands = new ArrayList<>();
    Map<String, List<Word>> latest = new HashMap<>();
    int at = 0;
    while (at < payload.length()) {
      int end = payload.indexOf('\n', at);
      end = end < 0 ? payload.length() : end;
      int start = at;
      while (start < end && Character.isWhitespace(payload.charAt(start))) {
        start++;
      }
      String line = payload.substring(start, end);
      if (line.startsWith(INVOCATION)) {
        begin(commandOf(line, INVOCATION), commands, latest);
      } else if (line.startsWith(BINDING)) {
        String name = commandOf(line, BINDING);
        List<Word> command = latest.get(name);
        bind(line, command == null ? begin(name, commands, latest) : command);
      }
      at = end + 1;
    }
    return commands.stream().filter(words -> !words.isEmpty()).map(ModuleLog::statement).toList();
  }

  private static String commandOf(String line, String prefix) {
    int end = line.indexOf(')');
    return end < 0 ? "" : line.substring(prefix.length(), end);
  }

  private static List<Word> begin(
      String name, List<List<Word>> commands, Map<String, List<Word>> latest) {
    List<Word> words = new ArrayList<>();
    if (!name.isEmpty() && commands.size() < MOST_COMMANDS) {
      words.add(Word.literal(name));
      commands.add(words);
      latest.put(name, words);
    }
    return words;
  }

  private static void bind(String line, List<Word> command) {
    int name = line.indexOf(NAME);
    int value = name < 0 ? -1 : line.indexOf(VALUE, name);
    int end = line.lastIndexOf('"');
    if (command.isEmpty() || value < 0 || end < value + VALUE.length()) {
      return;
    }
    String parameter = line.substring(name + NAME.length(), value);
    for (String one : values(line.substring(value + VALUE.length(), end))) {
      String option = "-" + parameter + ":";
      command.add(new Word(option + one, option + Word.literal(one).bare(), true, 0, List.of()));
    }
  }

  /** The values of one parameter, which are apart only where each is a path from its root. */
  private static List<String> values(String value) {
    List<String> values = new ArrayList<>();
    int at = 0;
    while (at <= value.length()) {
      int end = value.indexOf(BETWEEN_VALUES, at);
      String one = value.substring(at, end < 0 ? value.length() : end);
      if (one.isEmpty() || WindowsPath.isRelative(one)) {
        return List.of(value);
      }
      values.add(one);
      at = end < 0 ? value.length() + 1 : end + BETWEEN_VALUES.length();
    }
    return values;
  }

  private static Statement statement(List<Word> words) {
    StringBuilder line = new StringBuilder();
    words.forEach(word -> line.append(line.isEmpty() ? "" : " ").append(word.text()));
    return Statement.whole(words, line.toString());
  }
}
