package io.stagehound.file;

import io.stagehound.output.LineFormat;
import io.stagehound.output.LineWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.Path;

/**
 * Sorts any number of lines in bounded memory: a buffer full of them is sorted and written as a
 * run; at the end the runs are merged into one part.
 */
final class SortedPartWriter<T> {

  private static final int BUFFER_BYTES = 16 << 20;

  private final Path part;
  private final SortedParts.Form form;
  private final Path runPrefix;
  private final LineFormat<T> format;
  private final LineWriter<T> lines;
  private List<SortedLine> buffer = new ArrayList<>();
  private long buffered;
  private final List<Path> runs = new ArrayList<>();
  private int runCount;

  /**
   * A writer of this part.
   *
   * @param form of the part
   * @param runPrefix what the paths of its runs begin with
   */
  SortedPartWriter(Path part, SortedParts.Form form, Path runPrefix, LineFormat<T> format) {
    this.part = part;
    this.form = form;
    this.runPrefix = runPrefix;
    this.format = format;
    this.lines = new LineWriter<>(format);
  }

  void write(T element) throws IOException {
    SortedLine sorted = new SortedLine(format.sortKey(element), lines.write(element));
    buffer.add(sorted);
    buffered += sorted.bytes();
    if (buffered >= BUFFER_BYTES) {
      writeRun();
    }
  }

  /** Makes the part of all that was written. */
  void finish() throws IOException {
    try (SortedParts.Writer writer = new SortedParts.Writer(part, form)) {
      if (runs.isEmpty()) {
        writeBuffer(writer);
      } else {
        writeRun();
        SortedParts.merge(runs, writer::write);
      }
    }
    discardRuns();
  }

  /** Removes the runs, which an unfinished writer has left. */
  void discardRuns() {
    for (Path run : runs) {
      try {
        run.getFileSystem().delete(run, false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    runs.clear();
  }

  private void writeRun() throws IOException {
    if (runs.size() == SortedParts.MOST_MERGED) {
      mergeRuns();
    }
    try (SortedParts.Writer writer = newRun()) {
      writeBuffer(writer);
    }
  }

  private void writeBuffer(SortedParts.Writer writer) throws IOException {
    buffer.sort(SortedLine::compare);
    for (SortedLine sorted : buffer) {
      writer.write(sorted);
    }
    buffer = new ArrayList<>();
    buffered = 0;
  }

  private void mergeRuns() throws IOException {
    List<Path> merged = List.copyOf(runs);
    try (SortedParts.Writer writer = newRun()) {
      SortedParts.merge(merged, writer::write);
    }
    for (Path old : merged) {
      old.getFileSystem().delete(old, false);
    }
    runs.removeAll(merged);
  }

  private SortedParts.Writer newRun() throws IOException {
    Path run = runPrefix.suffix(Integer.toString(runCount++));
    runs.add(run);
    return new SortedParts.Writer(run, SortedParts.Form.WITH_KEYS);
  }
}
