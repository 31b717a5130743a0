package io.stagehound.output;

/** Numbers as keys that sort byte by byte, unsigned. */
final class SortKeys {

  private SortKeys() {}

  /** A key that sorts larger values first. */
  static long descending(long value) {
    return ~ascending(value);
  }

  /** A key that sorts smaller values first. */
  static long ascending(long value) {
    return value ^ Long.MIN_VALUE;
  }
}
