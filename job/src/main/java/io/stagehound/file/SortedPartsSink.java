package io.stagehound.file;

import io.stagehound.output.LineFormat;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.apache.flink.streaming.runtime.operators.sink.InitContextBase;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines into one sorted part for each parallel writer. For bounded input: a part is whole
 * when its writer has seen the last line.
 *
 * <p>Each writer has a folder, and each of its attempts a part in there, by its number: an attempt
 * that was lost may have left a part, whole or not, and may even write on while the next one runs.
 * The part of the last attempt is the one that counts.
 */
final class SortedPartsSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  private final Path parts;
  private final SortedParts.Form form;
  private final LineFormat<T> format;

  /**
   * A sink into this folder.
   *
   * @param form of the parts
   */
  SortedPartsSink(Path parts, SortedParts.Form form, LineFormat<T> format) {
    this.parts = parts;
    this.form = form;
    this.format = format;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    TaskInfo task = context.getTaskInfo();
    int writerNumber = task.getIndexOfThisSubtask();
    Path folder = new Path(parts, String.format(Locale.ROOT, "%05d", writerNumber));
    // A job that was recovered counts attempts anew.
    folder.getFileSystem().delete(folder, true);
    SortedPartWriter<T> writer =
        new SortedPartWriter<>(
            new Path(folder, Integer.toString(task.getAttemptNumber())),
            form,
            new Path(
                Path.fromLocalFile(temporaryFolder(context, writerNumber)),
                "stagehound-run-" + UUID.randomUUID() + "-"),
            format);
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

  /** Where Flink has this task put what it needs while it runs. */
  private static File temporaryFolder(WriterInitContext context, int writerNumber) {
    StreamingRuntimeContext runtime = runtime(context);
    if (runtime != null) {
      String[] folders = runtime.getTaskManagerRuntimeInfo().getTmpDirectories();
      return new File(folders[writerNumber % folders.length]);
    }
    return new File(System.getProperty("java.io.tmpdir", "."));
  }

  /** What Flink tells operators and hides from writers; null where there is no operator. */
  static @Nullable StreamingRuntimeContext runtime(WriterInitContext context) {
    return context instanceof InitContextBase base
            && base.getRuntimeContext() instanceof StreamingRuntimeContext runtime
        ? runtime
        : null;
  }
}
