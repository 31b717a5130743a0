package io.stagehound.file;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Files of {@link SortedLine}s, each sorted: for each line the lengths of key and line, then both.
 */
final class SortedParts {

  /** What stands between the name of the file that a part belongs to and the part's number. */
  static final String PART = ".part-";

  private static final int BUFFER_BYTES = 1 << 16;

  private SortedParts() {}

  /** What becomes of each line of a merge. */
  interface LineConsumer {
    void accept(SortedLine line) throws IOException;
  }

  /** Passes on the lines of all these files in their one order. */
  static void merge(List<Path> files, LineConsumer merged) throws IOException {
    List<Reader> readers = new ArrayList<>();
    try {
      PriorityQueue<Reader> next =
          new PriorityQueue<>((a, b) -> SortedLine.compare(a.current, b.current));
      for (Path file : files) {
        Reader reader = new Reader(file);
        readers.add(reader);
        if (reader.advance()) {
          next.add(reader);
        }
      }
      for (Reader reader = next.poll(); reader != null; reader = next.poll()) {
        merged.accept(reader.current);
        if (reader.advance()) {
          next.add(reader);
        }
      }
    } finally {
      for (Reader reader : readers) {
        reader.close();
      }
    }
  }

  /** Writes such a file. */
  static final class Writer implements Closeable {
    private final DataOutputStream out;

    Writer(Path file) throws IOException {
      out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
    }

    void write(SortedLine line) throws IOException {
      out.writeInt(line.key.length);
      out.writeInt(line.line.length);
      out.write(line.key);
      out.write(line.line);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  private static final class Reader implements Closeable {
    private static final SortedLine NONE = new SortedLine(new byte[0], new byte[0]);

    private final DataInputStream in;
    private long left;
    private SortedLine current = NONE;

    Reader(Path file) throws IOException {
      left = Files.size(file);
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
    }

    /** Reads the next line; false when there is none. */
    boolean advance() throws IOException {
      if (left == 0) {
        return false;
      }
      byte[] key = new byte[in.readInt()];
      byte[] line = new byte[in.readInt()];
      in.readFully(key);
      in.readFully(line);
      current = new SortedLine(key, line);
      left -= 2L * Integer.BYTES + key.length + line.length;
      return true;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
