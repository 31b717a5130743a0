package io.stagehound.decode;

import java.util.OptionalLong;

/** Numbers as records write them: decimal, or hexadecimal after {@code 0x}. */
final class Numbers {

  private Numbers() {}

  /** The number, unsigned; empty when the text is none. */
  static OptionalLong unsigned(String text) {
    String number = text.strip();
    try {
      return OptionalLong.of(
          number.startsWith("0x") || number.startsWith("0X")
              ? Long.parseUnsignedLong(number.substring(2), 16)
              : Long.parseUnsignedLong(number));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
