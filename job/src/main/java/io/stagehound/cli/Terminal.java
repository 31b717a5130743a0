package io.stagehound.cli;

import io.stagehound.output.UnsafeText;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Text for a terminal. Telemetry is written by attackers, and so may be terminal commands. */
final class Terminal {

  private static final Set<UnicodeScript> WIDE_SCRIPTS =
      EnumSet.of(
          UnicodeScript.HAN, UnicodeScript.HANGUL, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

  private static final int FIRST_CJK_SIGN = 0x3000;
  private static final int LAST_CJK_SIGN = 0x303e;
  private static final int FIRST_FULL_WIDTH_LETTER = 0xff01;
  private static final int FIRST_HALF_WIDTH_LETTER = 0xff61;
  private static final int FIRST_FULL_WIDTH_SIGN = 0xffe0;
  private static final int LAST_FULL_WIDTH_SIGN = 0xffe6;
  private static final int FIRST_PICTURE = 0x1f300;
  private static final int LAST_PICTURE = 0x1faff;

  private Terminal() {}

  /** The text with every character escaped that {@link UnsafeText} names. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(codePoint -> safe.append(safe(codePoint)));
    return safe.toString();
  }

  private static String safe(int codePoint) {
    return UnsafeText.isUnsafe(codePoint)
        ? String.format("\\u{%x}", codePoint)
        : Character.toString(codePoint);
  }

  /** The text made safe, and cut to this many columns. */
  static String safe(String text, int columns) {
    StringBuilder safe = new StringBuilder();
    int used = 0;
    int keptWhenCut = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      String next = safe(text.codePointAt(i));
      used += width(next);
      if (used > columns) {
        safe.setLength(keptWhenCut);
        return safe.append('…').toString();
      }
      safe.append(next);
      if (used < columns) {
        keptWhenCut = safe.length();
      }
    }
    return safe.toString();
  }

  /** How many columns a safe text takes; an approximation, as every terminal has its own. */
  static int width(String text) {
    return text.codePoints().map(Terminal::width).sum();
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(codePoint) ? 2 : 1;
  }

  private static boolean isWide(int codePoint) {
    if (codePoint >= FIRST_HALF_WIDTH_LETTER && codePoint < FIRST_FULL_WIDTH_SIGN) {
      return false;
    }
    return (codePoint >= FIRST_CJK_SIGN && codePoint <= LAST_CJK_SIGN)
        || (codePoint >= FIRST_FULL_WIDTH_LETTER && codePoint <= LAST_FULL_WIDTH_SIGN)
        || (codePoint >= FIRST_PICTURE && codePoint <= LAST_PICTURE)
        || WIDE_SCRIPTS.contains(UnicodeScript.of(codePoint));
  }
}
