package io.stagehound.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What a gzip file holds, over all its members. It ends where the file is damaged, says so, and
 * goes on behind the damage when told to. Zeros after a member are padding.
 */
final class GzipStream extends InputStream {

  private static final int HEADER = 10;
  private static final int TRAILER = 8;

  private static final int DEFLATED = 8;
  private static final int HAS_HEADER_CHECK = 0x02;
  private static final int HAS_EXTRA = 0x04;
  private static final int HAS_NAME = 0x08;
  private static final int HAS_COMMENT = 0x10;
  private static final int RESERVED = 0xE0;

  private static final String CORRUPT = "the gzip stream is corrupt";
  private static final String CUT_SHORT = "the gzip stream is cut short";

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 check = new CRC32();
  private final byte[] packed = new byte[1 << 16];
  private int start;
  private int end;
  private long startPosition;
  private boolean inMember;
  private boolean anyMember;
  private boolean ended;
  private @Nullable String damage;

  GzipStream(InputStream in) {
    this.in = in;
  }

  /** Why the text has ended before the file has; null when it has not. */
  @Nullable String damage() {
    return damage;
  }

  /** Goes on behind the damage; false when nothing that can be read follows. */
  boolean passDamage() throws IOException {
    damage = null;
    while (!ended && !isHeader()) {
      pass(1);
    }
    return !ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (damage == null && !ended) {
      int count = inMember || beginMember() ? inflate(into, offset, length) : 0;
      if (count > 0) {
        return count;
      }
    }
    return -1;
  }

  /** Passes a header and what may stand before it. */
  private boolean beginMember() throws IOException {
    while (anyMember && has(1) && packed[start] == 0) {
      pass(1);
    }
    if (!has(1)) {
      ended = true;
      return false;
    }
    if (!isHeader()) {
      damaged(anyMember ? "what follows a gzip member is none" : has(HEADER) ? CORRUPT : CUT_SHORT);
      return false;
    }
    int flags = packed[start + 3];
    pass(HEADER);
    boolean whole =
        ((flags & HAS_EXTRA) == 0 || passExtra())
            && ((flags & HAS_NAME) == 0 || passText())
            && ((flags & HAS_COMMENT) == 0 || passText())
            && ((flags & HAS_HEADER_CHECK) == 0 || passBytes(2));
    if (!whole) {
      damaged(CUT_SHORT);
      return false;
    }
    inflater.reset();
    check.reset();
    inMember = true;
    anyMember = true;
    return true;
  }

  private boolean isHeader() throws IOException {
    if (!has(HEADER)) {
      ended |= start == end;
      return false;
    }
    return packed[start] == 0x1F
        && (packed[start + 1] & 0xFF) == 0x8B
        && packed[start + 2] == DEFLATED
        && (packed[start + 3] & RESERVED) == 0;
  }

  private boolean passExtra() throws IOException {
    if (!has(2)) {
      return false;
    }
    int length = (packed[start] & 0xFF) | ((packed[start + 1] & 0xFF) << 8);
    return passBytes(2 + length);
  }

  private boolean passBytes(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      if (!has(1)) {
        return false;
      }
      pass(1);
    }
    return true;
  }

  private boolean passText() throws IOException {
    while (has(1)) {
      boolean last = packed[start] == 0;
      pass(1);
      if (last) {
        return true;
      }
    }
    return false;
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    long before = inflater.getBytesWritten();
    boolean corrupt = false;
    try {
      inflater.inflate(into, offset, length);
    } catch (DataFormatException e) {
      corrupt = true;
    }
    // What was unpacked before the damage counts.
    int count = (int) (inflater.getBytesWritten() - before);
    check.update(into, offset, count);
    if (corrupt) {
      takeBack();
      damaged(CORRUPT);
    } else if (count == 0 && inflater.finished()) {
      endMember();
    } else if (count == 0 && has(1)) {
      inflater.setInput(packed, start, end - start);
      pass(end - start);
    } else if (count == 0) {
      damaged(CUT_SHORT);
    }
    return count;
  }

  private void endMember() throws IOException {
    takeBack();
    inMember = false;
    if (!has(TRAILER)) {
      damaged(CUT_SHORT);
      return;
    }
    boolean intact =
        number(start) == (int) check.getValue()
            && number(start + 4) == (int) inflater.getBytesWritten();
    pass(TRAILER);
    if (!intact) {
      damaged(CORRUPT);
    }
  }

  private int number(int at) {
    return (packed[at] & 0xFF)
        | ((packed[at + 1] & 0xFF) << 8)
        | ((packed[at + 2] & 0xFF) << 16)
        | (packed[at + 3] << 24);
  }

  /** Takes back what was given to the inflater and is not part of the member. */
  private void takeBack() {
    pass(-inflater.getRemaining());
  }

  private void damaged(String what) {
    inMember = false;
    damage = what + " at byte " + startPosition + " of the file";
  }

  private void pass(int count) {
    start += count;
    startPosition += count;
  }

  /** Whether that many bytes follow, which then are in {@link #packed}. */
  private boolean has(int count) throws IOException {
    if (end - start < count && start > 0) {
      System.arraycopy(packed, start, packed, 0, end - start);
      end -= start;
      start = 0;
    }
    while (end - start < count) {
      int read = in.read(packed, end, packed.length - end);
      if (read < 0) {
        return false;
      }
      end += read;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
