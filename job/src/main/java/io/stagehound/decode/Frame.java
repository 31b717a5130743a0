package io.stagehound.decode;

import org.jspecify.annotations.Nullable;

/**
 * A piece cut from a stream.
 *
 * @param length how many bytes it has
 * @param damage why it is no record; null when it is one
 * @param restOfLine whether what follows up to the end of the line belongs to it too
 */
record Frame(int length, @Nullable String damage, boolean restOfLine) {

  /** The longest record, in bytes: longer ones are not telemetry. */
  static final int LONGEST_RECORD = 16 << 20;

  static Frame record(int length) {
    return new Frame(length, null, false);
  }

  static Frame damaged(int length, String reason) {
    return new Frame(length, reason, false);
  }

  static Frame damagedLine(int length, String reason) {
    return new Frame(length, reason, true);
  }

  static Frame tooLong(int length) {
    return damagedLine(length, "longer than " + (LONGEST_RECORD >> 20) + " MiB");
  }
}
