package io.stagehound.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes looked at together, as the bytes of one number. */
final class EightBytes {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long DOTS = ONES * '.';
  private static final long SPACES = ONES * ' ';

  private EightBytes() {}

  /** The eight bytes from {@code at} on, the first one lowest. */
  static long at(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /**
   * Marks, of the eight bytes from {@code at} on, those that do not stand for themselves in a
   * string of JSON: quotes, backslashes, controls and bytes beyond ASCII; each by its highest bit.
   * Only the lowest mark is certain, and that there is none.
   */
  static long marksInString(byte[] bytes, int at) {
    long eight = (long) LONGS.get(bytes, at);
    // What is subtracted from a byte borrows from the next one only where the byte is marked.
    return (((eight ^ QUOTES) - ONES) | ((eight ^ BACKSLASHES) - ONES) | (eight - SPACES) | eight)
        & HIGH_BITS;
  }

  /** Whether all of the eight bytes from {@code at} on are ASCII. */
  static boolean areAscii(byte[] bytes, int at) {
    return ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0;
  }

  /** Whether one of these bytes is a dot. */
  static boolean hasDot(byte[] bytes, int from, int to) {
    if (to - from < Long.BYTES) {
      int at = from;
      while (at < to && bytes[at] != '.') {
        at++;
      }
      return at < to;
    }
    long dots = dots(bytes, to - Long.BYTES);
    for (int at = from; at < to - Long.BYTES; at += Long.BYTES) {
      dots |= dots(bytes, at);
    }
    return dots != 0;
  }

  private static long dots(byte[] bytes, int at) {
    long dot = (long) LONGS.get(bytes, at) ^ DOTS;
    return (dot - ONES) & ~dot & HIGH_BITS;
  }
}
