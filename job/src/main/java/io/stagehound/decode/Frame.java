package io.stagehound.decode;

import org.jspecify.annotations.Nullable;

/**
 * A piece cut from a stream.
 *
 * @param length how many bytes it has
 * @param looked how many bytes had to be looked at to know
 * @param damage why it is no record; null when nothing is wrong with it
 * @param restOfLine whether what follows up to the end of the line belongs to it too
 * @param aroundRecords whether it is no record but what may stand around records: the beginning of
 *     a document that holds a list of them, or its end
 */
record Frame(
    int length, int looked, @Nullable String damage, boolean restOfLine, boolean aroundRecords) {

  /** The longest record, in bytes: longer ones are not telemetry. */
  static final int LONGEST_RECORD = 16 << 20;

  static Frame record(int length) {
    return new Frame(length, length, null, false, false);
  }

  static Frame aroundRecords(int length) {
    return new Frame(length, length, null, false, true);
  }

  static Frame damaged(int length, String reason) {
    return new Frame(length, length, reason, false, false);
  }

  static Frame damagedLine(int length, String reason) {
    return new Frame(length, length, reason, true, false);
  }

  static Frame tooLong(int length) {
    return damagedLine(
        length,
        "longer than "
            + (LONGEST_RECORD >> 20)
            + " MiB, as no record is: export one record a line, or a list of them");
  }

  static Frame tooDeep(int length) {
    return damagedLine(length, "nested deeper than " + JsonRecords.DEEPEST);
  }

  /** The same damage as seen from this many bytes further on, which is known without a look. */
  Frame from(int offset) {
    return new Frame(length - offset, 0, damage, restOfLine, aroundRecords);
  }
}
