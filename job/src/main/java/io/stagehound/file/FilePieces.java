package io.stagehound.file;

import io.stagehound.decode.JsonLines;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * How large files are read in pieces, by several readers at once. Each piece is found by its own
 * reader: it begins at the first place, from where it is expected on, at which a file of {@link
 * JsonLines} can be parted, and ends where the next one begins; a record belongs to the piece that
 * it begins in. What is no such file is all in its first piece, and the others are empty.
 *
 * @param size how long a piece is, in bytes, more or less
 */
record FilePieces(long size) implements Serializable {

  /** Long enough that opening a file for each is no matter. */
  static final FilePieces DEFAULT = new FilePieces(32L << 20);

  /** How far a place to part the file is looked for: first so far, where it mostly is. */
  private static final int SHORT_LOOK = 1 << 16;

  /** And then so far; lines are hardly ever so long. */
  private static final int LONGEST_LOOK = 1 << 20;

  /**
   * A piece of a file.
   *
   * @param from where it begins, in bytes
   * @param to where the next one does; {@code Long.MAX_VALUE} for the last
   */
  record Piece(long from, long to) {

    static final Piece WHOLE = new Piece(0, Long.MAX_VALUE);
    private static final Piece EMPTY = new Piece(0, 0);
  }

  /** How many pieces a file of so many bytes has, at least one. */
  int count(long bytes) {
    return (int) Math.max(1, Math.min(bytes / size, Integer.MAX_VALUE));
  }

  /** Where the pieces of a file of so many bytes are expected to begin. */
  List<Long> expected(long bytes) {
    List<Long> starts = new ArrayList<>();
    for (int i = 0; i < count(bytes); i++) {
      starts.add(i * size);
    }
    return starts;
  }

  /**
   * Finds the piece that is expected to begin at {@code start}, and leaves the file there.
   *
   * @param file the file at its beginning
   * @param bytes its size
   */
  Piece find(FSDataInputStream file, long start, long bytes) throws IOException {
    Piece piece = new Search(file, bytes).piece(start);
    file.seek(piece.from());
    return piece;
  }

  private final class Search {
    private final FSDataInputStream file;
    private final long lastStart;
    private final JsonLines lines = new JsonLines();
    private byte[] look = new byte[SHORT_LOOK];

    Search(FSDataInputStream file, long bytes) {
      this.file = file;
      this.lastStart = (count(bytes) - 1) * size;
    }

    private Piece piece(long start) throws IOException {
      if (!beginsWithLine(SHORT_LOOK) && !beginsWithLine(LONGEST_LOOK)) {
        return start == 0 ? Piece.WHOLE : Piece.EMPTY;
      }
      long from = start == 0 ? 0 : partingFrom(start);
      if (from == JsonLines.NOWHERE) {
        return Piece.EMPTY;
      }
      for (long next = start + size; next <= lastStart; next += size) {
        long to = partingFrom(next);
        if (to != JsonLines.NOWHERE) {
          return new Piece(from, to);
        }
      }
      return new Piece(from, Long.MAX_VALUE);
    }

    private boolean beginsWithLine(int length) throws IOException {
      int looked = lookAt(0, length);
      return lines.begin(look, looked);
    }

    private long partingFrom(long start) throws IOException {
      long near = partingFrom(start, SHORT_LOOK);
      return near == JsonLines.NOWHERE ? partingFrom(start, LONGEST_LOOK) : near;
    }

    private long partingFrom(long start, int length) throws IOException {
      // The end of the line before it is part of what is looked for.
      long at = start - "}\r\n".length();
      int looked = lookAt(at, length);
      int found = lines.find(look, looked);
      return found == JsonLines.NOWHERE ? JsonLines.NOWHERE : at + found;
    }

    private int lookAt(long at, int length) throws IOException {
      look = look.length < length ? new byte[length] : look;
      file.seek(at);
      return file.readNBytes(look, 0, length);
    }
  }
}
