package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a process as the C runtime cuts it into words: by white space outside double
 * quotes. Backslashes stay what they are, also before a quote, since in paths they mean themselves.
 */
final class ProcessArguments {

  private final String line;

  ProcessArguments(String line) {
    this.line = line;
  }

  List<Word> words() {
    List<Word> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int start = -1;
    boolean inQuotes = false;
    boolean quoted = false;
    for (int at = 0; at <= line.length(); at++) {
      boolean end = at == line.length();
      char c = end ? ' ' : line.charAt(at);
      if (end || (!inQuotes && Character.isWhitespace(c))) {
        if (start >= 0) {
          words.add(new Word(word.toString(), quoted, start));
        }
        word.setLength(0);
        start = -1;
        quoted = false;
      } else {
        start = start < 0 ? at : start;
        if (c == '"') {
          inQuotes = !inQuotes;
          quoted = true;
        } else {
          word.append(c);
        }
      }
    }
    return words;
  }
}
