package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a process as the <a
 * href="https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments">C runtime</a>
 * cuts it into words: by white space outside double quotes.
 */
final class ProcessArguments {

  private final String line;
  private final boolean paths;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder bare = new StringBuilder();
  private int start = -1;
  private boolean inQuotes;
  private boolean quoted;

  private ProcessArguments(String line, boolean paths) {
    this.line = line;
    this.paths = paths;
  }

  /**
   * The words of a line that names paths. A single backslash before a quote belongs to the path
   * before it: to the C runtime {@code "C:\a\" "\\h\s"} is one argument, which nobody means.
   */
  static List<Word> paths(String line) {
    return new ProcessArguments(line, true).words();
  }

  /** The words of a line that may hold quotes, written {@code \"} or doubled. */
  static List<Word> texts(String line) {
    return new ProcessArguments(line, false).words();
  }

  private List<Word> words() {
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (!inQuotes && Character.isWhitespace(c)) {
        endWord();
        at++;
      } else {
        start = start < 0 ? at : start;
        if (c == '\\') {
          at = backslashes(at);
        } else if (c == '"') {
          at = quote(at);
        } else {
          add(c, 1);
          at++;
        }
      }
    }
    endWord();
    return words;
  }

  /**
   * Takes backslashes, which before a quote stand for half as many; where the next word part is.
   */
  private int backslashes(int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) == '\\') {
      at++;
    }
    int count = at - from;
    boolean beforeQuote = at < line.length() && line.charAt(at) == '"';
    if (!beforeQuote || (paths && !inQuotes)) {
      add('\\', count);
    } else if (paths) {
      add('\\', (count + 1) / 2);
    } else {
      add('\\', count / 2);
      if (count % 2 == 1) {
        add('"', 1);
        at++;
      }
    }
    return at;
  }

  private int quote(int at) {
    quoted = true;
    if (!paths && inQuotes && line.startsWith("\"\"", at)) {
      add('"', 1);
      return at + 2;
    }
    inQuotes = !inQuotes;
    return at + 1;
  }

  private void add(char c, int count) {
    for (int i = 0; i < count; i++) {
      text.append(c);
      bare.append(inQuotes ? Word.HIDDEN : c);
    }
  }

  private void endWord() {
    if (start >= 0) {
      words.add(new Word(text.toString(), bare.toString(), quoted, start, List.of()));
    }
    text.setLength(0);
    bare.setLength(0);
    start = -1;
    quoted = false;
  }
}
