package io.stagehound.score;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches of text that fold ASCII case and look at each character a bounded number of times. No
 * text that is searched for has a letter whose Unicode case folding differs from ASCII's.
 */
final class AsciiText {

  private AsciiText() {}

  /** The first of these lower-case needles that the text contains in any case, else null. */
  static @Nullable String firstContained(@Nullable String text, List<String> needles) {
    if (text == null) {
      return null;
    }
    // One pass for all needles: a bit for what each begins with tells nearly all places apart.
    long firsts = 0;
    for (String needle : needles) {
      firsts |= 1L << needle.charAt(0);
    }
    int found = needles.size();
    for (int at = 0; at < text.length() && found > 0; at++) {
      if ((firsts >>> lower(text.charAt(at)) & 1) != 0) {
        for (int i = 0; i < found; i++) {
          if (matchesAt(text, at, needles.get(i))) {
            found = i;
          }
        }
      }
    }
    return found < needles.size() ? needles.get(found) : null;
  }

  /** The first of these lower-case endings that the text has in any case, else null. */
  static @Nullable String firstEnding(@Nullable String text, List<String> endings) {
    if (text == null) {
      return null;
    }
    for (String ending : endings) {
      int start = text.length() - ending.length();
      if (start >= 0 && matchesAt(text, start, ending)) {
        return ending;
      }
    }
    return null;
  }

  /**
   * The first of these lower-case words that the text contains in any case right before white space
   * (the regular expression's {@code \s}: space, tab, LF, VT, FF, CR), else null.
   */
  static @Nullable String firstBeforeWhiteSpace(@Nullable String text, List<String> words) {
    if (text == null) {
      return null;
    }
    for (String word : words) {
      for (int at = indexOf(text, word, 0); at >= 0; at = indexOf(text, word, at + 1)) {
        int after = at + word.length();
        if (after < text.length() && isWhiteSpace(text.charAt(after))) {
          return word;
        }
      }
    }
    return null;
  }

  /** The first two backslashes with the ASCII letter or digit after them, else null. */
  static @Nullable String firstUncLike(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (int at = text.indexOf("\\\\"); at >= 0; at = text.indexOf("\\\\", at + 1)) {
      if (at + 2 < text.length() && isLetterOrDigit(text.charAt(at + 2))) {
        return text.substring(at, at + 3);
      }
    }
    return null;
  }

  private static int indexOf(String text, String needle, int from) {
    char first = needle.charAt(0);
    int last = text.length() - needle.length();
    for (int at = from; at <= last; at++) {
      if (lower(text.charAt(at)) == first && matchesAt(text, at, needle)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean matchesAt(String text, int start, String needle) {
    if (needle.length() > text.length() - start) {
      return false;
    }
    for (int i = 0; i < needle.length(); i++) {
      if (lower(text.charAt(start + i)) != needle.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
  }

  private static boolean isWhiteSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
