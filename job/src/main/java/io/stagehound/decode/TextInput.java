package io.stagehound.decode;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file's bytes as UTF-8 text: unpacked when they are gzip, converted when a byte order mark says
 * that they are UTF-16, told by what they are and never by the file's name.
 *
 * @param text the text, without a byte order mark; empty when it is none
 * @param notText what the file is instead, and what to do with it; null when it is text
 */
record TextInput(InputStream text, @Nullable String notText) {

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
  private static final Kind UTF_8_MARK = Kind.of("\u00ef\u00bb\u00bf", "UTF-8");
  private static final Kind UTF_16LE_MARK = Kind.of("\u00ff\u00fe", "UTF-16LE");
  private static final Kind UTF_16BE_MARK = Kind.of("\u00fe\u00ff", "UTF-16BE");

  /** Opens these bytes. */
  static TextInput open(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    byte[] head = head(in);
    if (!GZIP.isKindOf(head, head.length)) {
      return plain(in, head);
    }
    try {
      BufferedInputStream unpacked = new BufferedInputStream(new GZIPInputStream(in, 1 << 16));
      return plain(unpacked, head(unpacked));
    } catch (EOFException | ZipException e) {
      return new TextInput(in, "a gzip file that is cut short or corrupt in its first bytes");
    }
  }

  private static TextInput plain(BufferedInputStream in, byte[] head) throws IOException {
    for (Kind kind : KINDS) {
      if (kind.isKindOf(head, head.length)) {
        return new TextInput(in, kind.advice());
      }
    }
    if (UTF_8_MARK.isKindOf(head, head.length)) {
      in.skipNBytes(UTF_8_MARK.magic().size());
      return new TextInput(in, null);
    }
    if (UTF_16LE_MARK.isKindOf(head, head.length)) {
      return new TextInput(new Utf8Stream(in, StandardCharsets.UTF_16LE), null);
    }
    if (UTF_16BE_MARK.isKindOf(head, head.length)) {
      return new TextInput(new Utf8Stream(in, StandardCharsets.UTF_16BE), null);
    }
    return new TextInput(in, null);
  }

  private static byte[] head(BufferedInputStream in) throws IOException {
    byte[] head = new byte[HEAD];
    in.mark(HEAD);
    int length = 0;
    try {
      length = in.readNBytes(head, 0, HEAD);
    } catch (EOFException | ZipException e) {
      // What could be read is looked at; reading on will meet the damage again.
    }
    in.reset();
    return Arrays.copyOf(head, length);
  }

  /** UTF-16 converted to UTF-8 a buffer at a time, its byte order mark left out. */
  private static final class Utf8Stream extends InputStream {
    private final Reader reader;
    private final char[] characters = new char[1 << 13];
    private byte[] bytes = new byte[0];
    private int at;
    private boolean first = true;

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
        int skip = first && read > 0 && characters[0] == '\uFEFF' ? 1 : 0;
        first = false;
        bytes = new String(characters, skip, read - skip).getBytes(StandardCharsets.UTF_8);
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
