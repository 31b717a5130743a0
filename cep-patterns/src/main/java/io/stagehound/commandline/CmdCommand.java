package io.stagehound.commandline;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command of cmd without what may stand before it: {@code do}, {@code if exist x}, {@code start
 * /b} and their likes.
 *
 * @param statement the command and its arguments; without words where there is none
 * @param directory where {@code start /d} lets it begin; null for where the shell stands
 */
record CmdCommand(Statement statement, @Nullable String directory) {

  /** Words that come before a command and leave it one. */
  private static final Set<String> PREFIXES = Set.of("do", "else", "call");

  /** Options of {@code start} whose value is the next word. */
  private static final Set<String> START_VALUES = Set.of("/d", "/affinity", "/node");

  /** Prefixes that are passed; no real line has as many. */
  private static final int MOST_PREFIXES = 100;

  /** The command that this statement runs. */
  static CmdCommand of(Statement statement) {
    Statement rest = statement;
    String directory = null;
    for (int i = 0; i < MOST_PREFIXES && !rest.words().isEmpty(); i++) {
      rest = rest.withCommandApart();
      if (rest.words().isEmpty()) {
        break;
      }
      String command = rest.command();
      int passed = 0;
      if (PREFIXES.contains(command)) {
        passed = 1;
      } else if (command.equals("if")) {
        passed = ifCondition(rest.words());
      } else if (command.equals("start")) {
        passed = startOptions(rest.words());
        directory = startDirectory(rest.words().subList(0, Math.min(passed, rest.words().size())));
      }
      if (passed == 0) {
        break;
      }
      rest = rest.without(Math.min(passed, rest.words().size()));
    }
    return new CmdCommand(rest, directory);
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

  /** Passes options and their values, and the title, which is the first text in quotes. */
  private static int startOptions(List<Word> words) {
    boolean titled = false;
    int at = 1;
    while (at < words.size()) {
      Word word = words.get(at);
      boolean title = !titled && word.quoted() && !word.isSlashOption();
      if (!title && !word.isSlashOption()) {
        return at;
      }
      titled |= title;
      at += START_VALUES.contains(word.text().toLowerCase(Locale.ROOT)) ? 2 : 1;
    }
    return at;
  }

  private static @Nullable String startDirectory(List<Word> options) {
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i).text();
      if (option.equalsIgnoreCase("/d")) {
        return i + 1 < options.size() ? options.get(i + 1).text() : null;
      }
      if (option.regionMatches(true, 0, "/d", 0, 2)) {
        return option.substring(2);
      }
    }
    return null;
  }
}
