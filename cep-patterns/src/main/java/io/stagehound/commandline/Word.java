package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a command, as the shell hands it on.
 *
 * @param text the word without the quotes and escapes that made it one
 * @param bare the same text with {@link #HIDDEN} for each character that quotes, an escape or
 *     parentheses keep from meaning anything to the shell
 * @param quoted whether any of it was in quotes
 * @param start where it begins in the text of the whole line, quotes included
 * @param inner the statements of the parentheses and blocks in it, in order
 */
record Word(String text, String bare, boolean quoted, int start, List<Statement> inner) {

  /** Stands in {@link #bare} for a character that means only itself. */
  static final char HIDDEN = '\0';

  /** A word as it would be without quotes. */
  static Word plain(String text) {
    return new Word(text, text, false, 0, List.of());
  }

  /** A word that means only itself, as if it were in quotes. */
  static Word literal(String text) {
    return new Word(text, String.valueOf(HIDDEN).repeat(text.length()), true, 0, List.of());
  }

  /**
   * Whether it is an option of a tool that marks them with a slash, and no path {@code
   * //server/share}.
   */
  boolean isSlashOption() {
    return text.startsWith("/") && UncPath.parse(text) == null;
  }

  /** Whether all of it was in quotes, which the shell passes on as it is. */
  boolean isWhollyQuoted() {
    return quoted && bare.chars().allMatch(c -> c == HIDDEN) && !isGroup();
  }

  /** Whether it begins with parentheses or a block, so that its text is code. */
  boolean isGroup() {
    return !inner.isEmpty() && !quoted;
  }

  /** Where the first of these characters stands that means something to the shell; -1 for none. */
  int indexOf(String characters) {
    for (int i = 0; i < bare.length(); i++) {
      if (characters.indexOf(bare.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** A part of this word. */
  Word part(int from, int to) {
    if (from == 0 && to == text.length()) {
      return this;
    }
    String part = bare.substring(from, to);
    boolean hidden = part.indexOf(HIDDEN) >= 0;
    return new Word(text.substring(from, to), part, hidden, start + from, List.of());
  }

  /** The parts of this word between these characters, where they mean something to the shell. */
  List<Word> parts(String separators) {
    List<Word> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= bare.length(); i++) {
      if (i == bare.length() || separators.indexOf(bare.charAt(i)) >= 0) {
        if (i > from) {
          parts.add(part(from, i));
        }
        from = i + 1;
      }
    }
    return parts;
  }
}
