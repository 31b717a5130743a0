package io.stagehound.file;

import io.stagehound.decode.DeadLetter;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/** Writes dead letters into sorted parts, and counts them by kind. */
final class DeadLetterSink implements Sink<DeadLetter> {
  private static final long serialVersionUID = 1L;

  private final SortedPartsSink<DeadLetter> parts;

  DeadLetterSink(SortedPartsSink<DeadLetter> parts) {
    this.parts = parts;
  }

  @Override
  public SinkWriter<DeadLetter> createWriter(WriterInitContext context) throws IOException {
    SinkWriter<DeadLetter> writer = parts.createWriter(context);
    DeadLetterKinds kinds = new DeadLetterKinds();
    StreamingRuntimeContext runtime = SortedPartsSink.runtime(context);
    if (runtime != null) {
      runtime.addAccumulator(DeadLetterKinds.NAME, kinds);
    }
    return new SinkWriter<>() {
      @Override
      public void write(DeadLetter deadLetter, Context written)
          throws IOException, InterruptedException {
        kinds.add(deadLetter);
        writer.write(deadLetter, written);
      }

      @Override
      public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
      }

      @Override
      public void close() throws Exception {
        writer.close();
      }
    };
  }
}
