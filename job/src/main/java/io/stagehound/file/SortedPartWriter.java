package io.stagehound.file;

import io.stagehound.output.LineFormat;
import io.stagehound.output.LineWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts any number of lines in bounded memory: a buffer full of them is sorted and written as a
 * run; at the end the runs are merged into one part.
 */
final class SortedPartWriter<T> {

  private static final int BUFFER_BYTES = 16 << 20;
  private static final int MOST_RUNS = 64;

  private final Path part;
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
   * @param runPrefix what the paths of its runs begin with
   */
  SortedPartWriter(Path part, Path runPrefix, LineFormat<T> format) {
    this.part = part;
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
    if (!buffer.isEmpty() || runs.isEmpty()) {
      writeRun();
    }
    mergeRuns();
    Files.move(runs.remove(0), part, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what an unfinished writer has left. */
  void discardRuns() {
    for (Path run : runs) {
      try {
        Files.deleteIfExists(run);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    runs.clear();
  }

  private void writeRun() throws IOException {
    if (runs.size() == MOST_RUNS) {
      mergeRuns();
    }
    buffer.sort(SortedLine::compare);
    Path run = nextRun();
    try (SortedParts.Writer writer = new SortedParts.Writer(run)) {
      for (SortedLine sorted : buffer) {
        writer.write(sorted);
      }
    }
    buffer = new ArrayList<>();
    buffered = 0;
  }

  private void mergeRuns() throws IOException {
    if (runs.size() == 1) {
      return;
    }
    List<Path> merged = List.copyOf(runs);
    Path run = nextRun();
    try (SortedParts.Writer writer = new SortedParts.Writer(run)) {
      SortedParts.merge(merged, writer::write);
    }
    for (Path old : merged) {
      Files.delete(old);
    }
    runs.removeAll(merged);
  }

  private Path nextRun() {
    Path run = Path.of(runPrefix.toString() + runCount++);
    runs.add(run);
    return run;
  }
}
