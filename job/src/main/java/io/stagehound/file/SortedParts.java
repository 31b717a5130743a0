package io.stagehound.file;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/** Files of {@link SortedLine}s, each sorted, on any file system. */
final class SortedParts {

  /** How many are merged at once: a client of an object store has a connection open for each. */
  static final int MOST_MERGED = 64;

  private static final int BUFFER_BYTES = 1 << 16;

  private SortedParts() {}

  /** How the lines of a file are written. */
  enum Form {
    /** To be merged: for each line the lengths of key and line, then both. */
    WITH_KEYS,
    /** To be read by others: each line and a line feed. */
    LINES
  }

  /** What becomes of each line of a merge. */
  interface LineConsumer {
    void accept(SortedLine line) throws IOException;
  }

  /** Passes on the lines of all these files, which have keys, in their one order. */
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
    private final Form form;

    Writer(Path file, Form form) throws IOException {
      this.out =
          new DataOutputStream(
              new BufferedOutputStream(
                  file.getFileSystem().create(file, WriteMode.OVERWRITE), BUFFER_BYTES));
      this.form = form;
    }

    void write(SortedLine line) throws IOException {
      if (form == Form.LINES) {
        out.write(line.line);
        out.write('\n');
        return;
      }
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
      FileSystem files = file.getFileSystem();
      left = files.getFileStatus(file).getLen();
      in = new DataInputStream(new BufferedInputStream(files.open(file), BUFFER_BYTES));
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
