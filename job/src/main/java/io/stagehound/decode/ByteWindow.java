package io.stagehound.decode;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A view of a stream of bytes from a position on, as far as one has looked. Memory holds what was
 * looked at and not yet passed.
 */
class ByteWindow implements Closeable {

  /** What {@link #peek} gives where the stream has ended. */
  static final int END = -1;

  private static final int CHUNK = 1 << 18;

  private final InputStream in;
  private final @Nullable GzipStream packed;
  private byte[] buffer;
  private int start;
  private int end;
  private long startPosition;
  private boolean ended;

  /**
   * A view of this stream.
   *
   * @param packed what the stream reads from, where that may be damaged; else null
   */
  ByteWindow(InputStream in, @Nullable GzipStream packed) {
    this(in, packed, 0);
  }

  /**
   * A view of this stream.
   *
   * @param position what {@link #position} is at its beginning
   */
  ByteWindow(InputStream in, @Nullable GzipStream packed, long position) {
    this.startPosition = position;
    this.in = in;
    this.packed = packed;
    this.buffer = new byte[CHUNK];
  }

  /** A view of bytes that are all there, which it does not copy and never writes to. */
  ByteWindow(byte[] bytes) {
    this.in = InputStream.nullInputStream();
    this.packed = null;
    this.buffer = bytes;
    this.end = bytes.length;
    this.ended = true;
  }

  /** The byte this many places on, 0 to 255, or {@link #END}. */
  int peek(int offset) throws IOException {
    while (start + offset >= end) {
      if (!fill()) {
        return END;
      }
    }
    return buffer[start + offset] & 0xFF;
  }

  /** Whether the bytes this many places on are these ASCII characters. */
  boolean startsWith(String text, int offset) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      if (peek(offset + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Passes bytes that were looked at. */
  void pass(int count) {
    start += count;
    startPosition += count;
  }

  /** How many bytes were passed. */
  long position() {
    return startPosition;
  }

  /** The bytes, from {@link #from} on; good until the next look or pass. */
  byte[] bytes() {
    return buffer;
  }

  int from() {
    return start;
  }

  /** The end of the bytes that are there, of which there may be more. */
  int limit() {
    return end;
  }

  /** Has more bytes there, many if there are; false when the stream has ended. */
  boolean more() throws IOException {
    int wanted = Math.max(CHUNK / 2, end - start);
    int before = end - start;
    while (end - start < before + wanted && fill()) {
      // A pipe gives few at a time.
    }
    return end - start > before;
  }

  /** Why the stream has ended too soon; null when it has not. */
  @Nullable String damage() {
    return packed == null ? null : packed.damage();
  }

  /** Goes on behind the damage; false when the stream ends for good. */
  boolean passDamage() throws IOException {
    ended = packed == null || packed.damage() == null || !packed.passDamage();
    return !ended;
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (end == buffer.length) {
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
      } else {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
    }
    int read = in.read(buffer, end, buffer.length - end);
    ended = read < 0;
    end += Math.max(read, 0);
    return !ended;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
