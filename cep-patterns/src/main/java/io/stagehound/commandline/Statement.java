package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One command of a line, up to the separator that ends it.
 *
 * @param words its words, the first of them the command
 * @param piped whether it reads what the statement before it writes
 * @param line the line that it is part of
 * @param end where its last word ends in the line
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
    return with(words.subList(count, words.size()));
  }

  /** This statement with other words. */
  Statement with(List<Word> others) {
    return new Statement(others, piped, line, end);
  }

  /**
   * This statement with its command apart from what cmd lets stand right behind it: {@code copy/y},
   * {@code copy,a}.
   */
  Statement withCommandApart() {
    Word first = words.get(0);
    int start = 0;
    while (start < first.bare().length() && "@,;=".indexOf(first.bare().charAt(start)) >= 0) {
      start++;
    }
    Word name = first.part(start, first.text().length());
    int cut = name.indexOf("/,;=");
    // C:/Windows/xcopy would fail in cmd; it is read as what it means.
    boolean folder =
        cut > 0 && name.bare().charAt(cut) == '/' && name.text().charAt(cut - 1) == ':';
    if (cut <= 0 || folder) {
      return start == 0 ? this : withFirst(List.of(name));
    }
    int rest = name.bare().charAt(cut) == '/' ? cut : cut + 1;
    Word behind = name.part(rest, name.text().length());
    return withFirst(List.of(name.part(0, cut), behind));
  }

  private Statement withFirst(List<Word> first) {
    List<Word> all = new ArrayList<>(words.size() + 1);
    first.stream().filter(word -> word.quoted() || !word.text().isEmpty()).forEach(all::add);
    all.addAll(arguments());
    return with(all);
  }

  /** The line's own text from this word to the end of the statement. */
  String textFrom(Word word) {
    return line.substring(Math.min(word.start(), end), end);
  }

  /** The name of a program: without folder and {@code .exe}, in lower case. */
  static String programName(String path) {
    int slash = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
    String name = path.substring(slash + 1).toLowerCase(Locale.ROOT);
    return name.endsWith(".exe") ? name.substring(0, name.length() - ".exe".length()) : name;
  }
}
