package io.stagehound.decode;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A view of a stream of bytes from a position on, as far as one has looked. Memory holds what was
 * looked at and not yet passed.
 */
final class ByteWindow implements Closeable {

  /** What {@link #peek} gives where the stream has ended. */
  static final int END = -1;

  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private byte[] buffer = new byte[CHUNK];
  private int start;
  private int end;
  private long startPosition;
  private boolean ended;
  private @Nullable String damage;

  ByteWindow(InputStream in) {
    this.in = in;
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

  /** Why the stream has ended too soon; null when it has not. */
  @Nullable String damage() {
    return damage;
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
    int read;
    try {
      read = in.read(buffer, end, buffer.length - end);
    } catch (EOFException e) {
      damage = "the gzip stream is cut short";
      read = END;
    } catch (ZipException e) {
      damage = "the gzip stream is corrupt: " + e.getMessage();
      read = END;
    }
    ended = read < 0;
    end += Math.max(read, 0);
    return !ended;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
