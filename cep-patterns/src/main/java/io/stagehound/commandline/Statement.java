package io.stagehound.commandline;

import java.util.List;
import java.util.Locale;

/**
 * One command of a line, up to the separator that ends it.
 *
 * @param words its words, the first of them the command
 * @param piped whether it reads what the statement before it writes
 * @param line the line that it is part of
 * @param end where it ends in the line
 */
record Statement(List<Word> words, boolean piped, String line, int end) {

  /**
   * The command's name: without folder and {@code .exe}, in lower case; also without the at sign
   * that keeps cmd from echoing it.
   */
  String command() {
    String first = words.get(0).text();
    return programName(first.startsWith("@") ? first.substring(1) : first);
  }

  /** The words after the command. */
  List<Word> arguments() {
    return words.subList(1, words.size());
  }

  /** This statement without its first words. */
  Statement without(int count) {
    return new Statement(words.subList(count, words.size()), piped, line, end);
  }

  /** The line's own text from this word to the end of the statement. */
  String textFrom(Word word) {
    return line.substring(word.start(), end);
  }

  /** The name of a program: without folder and {@code .exe}, in lower case. */
  static String programName(String path) {
    int slash = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
    String name = path.substring(slash + 1).toLowerCase(Locale.ROOT);
    return name.endsWith(".exe") ? name.substring(0, name.length() - ".exe".length()) : name;
  }
}
