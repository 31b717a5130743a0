package io.stagehound.commandline;

import io.stagehound.event.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One command of a line, up to the separator that ends it.
 *
 * @param words its words, the first of them the command
 * @param outputs the files that its output is redirected to
 * @param piped whether it reads what the statement before it writes
 * @param line the line that it is part of
 * @param end where its last word ends in the line
 * @param endOfAll where it ends in the line, redirections included
 */
record Statement(
    List<Word> words, List<Word> outputs, boolean piped, String line, int end, int endOfAll) {

  /** The longest part of a statement that a finding shows, in characters. */
  static final int LONGEST_TEXT = 4_096;

  /** A statement that is all of its line. */
  static Statement whole(List<Word> words, String line) {
    return new Statement(words, List.of(), false, line, line.length(), line.length());
  }

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

  /**
   * Whether it is a text of PowerShell, and no command: it begins with a quote, and no ampersand
   * calls what the quotes hold.
   */
  boolean isText() {
    Word first = words.get(0);
    if (!first.quoted() || (!first.bare().isEmpty() && first.bare().charAt(0) != Word.HIDDEN)) {
      return false;
    }
    int before = Math.min(first.start(), line.length()) - 1;
    while (before >= 0 && (line.charAt(before) == ' ' || line.charAt(before) == '\t')) {
      before--;
    }
    return before < 0 || line.charAt(before) != '&';
  }

  /** This statement without its first words. */
  Statement without(int count) {
    return with(words.subList(count, words.size()));
  }

  /** This statement with other words. */
  Statement with(List<Word> others) {
    return new Statement(others, outputs, piped, line, end, endOfAll);
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

  /** The line's own text of the statement, or its beginning. */
  String text() {
    int start = Math.min(words.get(0).start(), endOfAll);
    // What is not shown is not copied either.
    int shown = Math.min(endOfAll, start + LONGEST_TEXT + 1);
    return Text.cut(line.substring(start, shown), LONGEST_TEXT);
  }

  /** The name of a program: without folder and {@code .exe}, in lower case. */
  static String programName(String path) {
    int slash = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
    String name = path.substring(slash + 1).toLowerCase(Locale.ROOT);
    return name.endsWith(".exe") ? name.substring(0, name.length() - ".exe".length()) : name;
  }
}
