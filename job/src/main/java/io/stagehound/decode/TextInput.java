package io.stagehound.decode;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file's bytes as UTF-8 text: unpacked when they are gzip, converted when they are UTF-16, told
 * by what they are and never by the file's name.
 *
 * @param text the text; empty when it is none
 * @param notText what the file is instead, and what to do with it; null when it is text
 */
record TextInput(ByteWindow text, @Nullable String notText) {

  private static final int HEAD = 512;

  /** Files that folders of logs hold and that are not text, by the bytes that they begin with. */
  private record Kind(int offset, List<Integer> magic, String advice) {
    static Kind of(String magic, String advice) {
      return new Kind(0, magic.chars().boxed().toList(), advice);
    }

    boolean isKindOf(byte[] head, int length) {
      for (int i = 0; i < magic.size(); i++) {
        if (offset + i >= length || (head[offset + i] & 0xFF) != magic.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.of(
              "ElfFile\0",
              "a Windows event log (.evtx): export it first, for example with 'evtx_dump -o jsonl'"),
          Kind.of("PK\u0003\u0004", "a zip archive: unpack it first"),
          Kind.of("7z\u00bc\u00af", "a 7-Zip archive: unpack it first"),
          Kind.of("Rar!", "a RAR archive: unpack it first"),
          Kind.of("BZh", "a bzip2 file: unpack it first"),
          Kind.of("\u00fd7zXZ", "an xz file: unpack it first"),
          Kind.of("(\u00b5/\u00fd", "a zstd file: unpack it first"),
          Kind.of("\u00d4\u00c3\u00b2\u00a1", "a packet capture, which holds no event records"),
          Kind.of("\n\r\r\n", "a packet capture, which holds no event records"),
          Kind.of("PAR1", "a Parquet file: export it as JSON first"),
          new Kind(257, "ustar".chars().boxed().toList(), "a tar archive: unpack it first"));

  private static final Kind GZIP = Kind.of("\u001f\u008b", "gzip");
  private static final Kind UTF_16LE_MARK = Kind.of("\u00ff\u00fe", "UTF-16LE");
  private static final Kind UTF_16BE_MARK = Kind.of("\u00fe\u00ff", "UTF-16BE");

  /** Opens these bytes. */
  static TextInput open(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    byte[] head = head(in);
    if (!GZIP.isKindOf(head, head.length)) {
      return unpacked(in, head, null);
    }
    GzipStream packed = new GzipStream(in);
    BufferedInputStream unpacked = new BufferedInputStream(packed, 1 << 16);
    byte[] unpackedHead = head(unpacked);
    return GZIP.isKindOf(unpackedHead, unpackedHead.length)
        ? notText(unpacked, "gzip inside gzip: unpack it first")
        : unpacked(unpacked, unpackedHead, packed);
  }

  /** Opens bytes that are all there, without a copy where they are UTF-8. */
  static TextInput open(byte[] bytes) throws IOException {
    return bytes.length > 0 && mayBeginRecords(bytes[0] & 0xFF) && utf16(bytes) == null
        ? new TextInput(new ByteWindow(bytes), null)
        : open(new ByteArrayInputStream(bytes));
  }

  private static TextInput unpacked(
      BufferedInputStream in, byte[] head, @Nullable GzipStream packed) {
    for (Kind kind : KINDS) {
      if (kind.isKindOf(head, head.length)) {
        return notText(in, kind.advice());
      }
    }
    Charset utf16 = utf16(head);
    InputStream text = utf16 == null ? in : new Utf8Stream(in, utf16);
    return new TextInput(new ByteWindow(text, packed), null);
  }

  private static TextInput notText(InputStream in, String advice) {
    return new TextInput(new ByteWindow(in, null), advice);
  }

  /** Which UTF-16 the text is in, by its mark or by how its first record begins; null for UTF-8. */
  private static @Nullable Charset utf16(byte[] head) {
    if (UTF_16LE_MARK.isKindOf(head, head.length)) {
      return StandardCharsets.UTF_16LE;
    }
    if (UTF_16BE_MARK.isKindOf(head, head.length)) {
      return StandardCharsets.UTF_16BE;
    }
    if (head.length < 3 || (head[1] != 0 && (head[0] != 0 || head[2] != 0))) {
      return null;
    }
    boolean littleEndian = head[1] == 0;
    if (!mayBeginRecords(head[littleEndian ? 0 : 1] & 0xFF)) {
      return null;
    }
    return littleEndian ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }

  private static boolean mayBeginRecords(int first) {
    return first == '{' || first == '[' || first == '<';
  }

  private static byte[] head(BufferedInputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    return head;
  }

  /** UTF-16 converted to UTF-8 a buffer at a time. */
  private static final class Utf8Stream extends InputStream {
    private final Reader reader;
    private final char[] characters = new char[1 << 13];
    private byte[] bytes = new byte[0];
    private int at;

    Utf8Stream(InputStream in, Charset charset) {
      this.reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
      return fill() ? bytes[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, into, offset, count);
      at += count;
      return count;
    }

    private boolean fill() throws IOException {
      while (at == bytes.length) {
        int read = reader.read(characters, 0, characters.length - 1);
        if (read < 0) {
          return false;
        }
        if (read > 0 && Character.isHighSurrogate(characters[read - 1])) {
          int low = reader.read();
          if (low >= 0) {
            characters[read++] = (char) low;
          }
        }
        bytes = new String(characters, 0, read).getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
