package io.stagehound.file;

import java.util.Arrays;

/**
 * A line with the key that it is sorted by; of equal keys, by the line itself, so that the order
 * never depends on who wrote it when. The arrays belong to it.
 */
final class SortedLine {

  /** By key, then line, byte by byte and unsigned. */
  static int compare(SortedLine a, SortedLine b) {
    int byKey = Arrays.compareUnsigned(a.key, b.key);
    return byKey != 0 ? byKey : Arrays.compareUnsigned(a.line, b.line);
  }

  /** What an object costs beside its bytes, about. */
  private static final int OVERHEAD = 64;

  final byte[] key;
  final byte[] line;

  SortedLine(byte[] key, byte[] line) {
    this.key = key;
    this.line = line;
  }

  /** How much memory it takes, about. */
  int bytes() {
    return key.length + line.length + OVERHEAD;
  }
}
