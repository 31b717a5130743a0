package io.stagehound.decode;

import io.stagehound.event.Text;
import java.nio.charset.StandardCharsets;

/**
 * An input record that could not be used, with where it came from and why.
 *
 * @param origin the file, or the topic and partition, that it was read from
 * @param position the offset of its first byte in the (decompressed) file, or its offset in the
 *     partition
 * @param length how many bytes it has
 * @param reason what is wrong with it, in one sentence
 * @param excerpt its beginning, at most {@value #EXCERPT_LIMIT} characters; bytes that are not
 *     UTF-8 stand as U+FFFD
 */
public record DeadLetter(String origin, long position, long length, String reason, String excerpt) {

  /** The longest excerpt, in characters. */
  public static final int EXCERPT_LIMIT = 1024;

  private static final int MOST_BYTES_OF_A_CHARACTER = 3;

  /** A dead letter with an excerpt of {@code bytes[from, to)}, of which there may be more. */
  static DeadLetter of(
      String origin, long position, long length, String reason, byte[] bytes, int from, int to) {
    int most = Math.min(to - from, EXCERPT_LIMIT * MOST_BYTES_OF_A_CHARACTER);
    String text = new String(bytes, from, most, StandardCharsets.UTF_8);
    return new DeadLetter(origin, position, length, reason, Text.cut(text, EXCERPT_LIMIT));
  }
}
