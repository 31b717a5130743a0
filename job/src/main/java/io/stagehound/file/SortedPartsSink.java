package io.stagehound.file;

import io.stagehound.output.LineFormat;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes lines into one sorted part for each parallel writer, for {@link SortedParts#merge} to make
 * one file of. For bounded input: a part appears, whole, when its writer has seen the last line.
 */
final class SortedPartsSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  // A String, since not every java.nio.file.Path can be serialized.
  private final String parts;
  private final String name;
  private final LineFormat<T> format;

  SortedPartsSink(Path parts, String name, LineFormat<T> format) {
    this.parts = parts.toString();
    this.name = name;
    this.format = format;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    int subtask = context.getTaskInfo().getIndexOfThisSubtask();
    int attempt = context.getTaskInfo().getAttemptNumber();
    Path part = Path.of(parts, name + SortedParts.PART + subtask);
    Path runs = Path.of(parts, name + ".run-" + subtask + "-" + attempt + "-");
    SortedPartWriter<T> writer = new SortedPartWriter<>(part, runs, format);
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context ignored) throws IOException {
        writer.write(element);
      }

      @Override
      public void flush(boolean endOfInput) throws IOException {
        if (endOfInput) {
          writer.finish();
        }
      }

      @Override
      public void close() {
        writer.discardRuns();
      }
    };
  }
}
