package io.stagehound.decode;

/** Tells UTF-8 from other bytes. */
final class Utf8 {

  private Utf8() {}

  /**
   * Whether these bytes are UTF-8: whole sequences, none longer than need be, no surrogates,
   * nothing beyond U+10FFFF.
   *
   * @see <a href="https://www.unicode.org/versions/Unicode15.0.0/ch03.pdf">The Unicode Standard,
   *     table 3-7</a>
   */
  static boolean isValid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (at + Long.BYTES <= to && EightBytes.areAscii(bytes, at)) {
        at += Long.BYTES;
        continue;
      }
      int first = bytes[at++];
      if (first >= 0) {
        continue;
      }
      int rest = following(first & 0xFF);
      if (rest == 0 || at + rest > to || !isSecond(first & 0xFF, bytes[at] & 0xFF)) {
        return false;
      }
      for (int end = at + rest; at < end; at++) {
        if (bytes[at] >= (byte) 0xC0) {
          return false;
        }
      }
    }
    return true;
  }

  /** How many bytes follow this one; 0 when it begins no sequence. */
  private static int following(int first) {
    if (first >= 0xC2 && first <= 0xDF) {
      return 1;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      return 2;
    }
    return first >= 0xF0 && first <= 0xF4 ? 3 : 0;
  }

  private static boolean isSecond(int first, int second) {
    return switch (first) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second <= 0x9F;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second <= 0x8F;
      default -> true;
    };
  }
}
