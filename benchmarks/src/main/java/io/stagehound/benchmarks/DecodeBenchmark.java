package io.stagehound.benchmarks;

import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.DecodedSink;
import io.stagehound.decode.RecordReader;
import io.stagehound.decode.TelemetryDecoder;
import io.stagehound.event.SysmonEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Decoding records, by their shape. One operation is a megabyte, so that operations a second are
 * MB/s, and bytes allocated an operation are those for a megabyte.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DecodeBenchmark {

  @Param public Shape shape = Shape.NXLOG;

  /** Whether the records are events 1 and 11, or of a kind that is passed over. */
  @Param({"true", "false"})
  public boolean relevant;

  private byte[] megabyte = {};
  private final List<byte[]> messages = new ArrayList<>();
  private final TelemetryDecoder decoder = new TelemetryDecoder();

  /** Lays the records out. */
  @Setup
  public void layOut() throws IOException {
    megabyte = shape.megabyte(relevant);
    int from = 0;
    for (int i = 0; i < megabyte.length; i++) {
      if (megabyte[i] == '\n') {
        messages.add(java.util.Arrays.copyOfRange(megabyte, from, i));
        from = i + 1;
      }
    }
    Counts counts = new Counts();
    read(counts);
    if (counts.deadLetters > 0 || (relevant ? counts.notRelevant : counts.events) > 0) {
      throw new IllegalStateException(
          "%s: %d events, %d not relevant, %d dead letters"
              .formatted(shape, counts.events, counts.notRelevant, counts.deadLetters));
    }
  }

  /** As in a file, one after the other. */
  @Benchmark
  public void file(Blackhole hole) throws IOException {
    read(new Given(hole));
  }

  /** As in a topic, each by itself. */
  @Benchmark
  public void messages(Blackhole hole) {
    Given given = new Given(hole);
    for (byte[] message : messages) {
      decoder.decodeMessage("topic/0", 0, message, given);
    }
  }

  private void read(DecodedSink sink) throws IOException {
    try (RecordReader reader = new RecordReader("file", new ByteArrayInputStream(megabyte))) {
      boolean more = true;
      while (more) {
        more = reader.readRecord(decoder, sink);
      }
    }
  }

  /** Keeps what is decoded from being optimized away. */
  private record Given(Blackhole hole) implements DecodedSink {
    @Override
    public void event(SysmonEvent event) {
      hole.consume(event);
    }

    @Override
    public void notRelevant() {
      hole.consume(0);
    }

    @Override
    public void deadLetter(DeadLetter deadLetter) {
      hole.consume(deadLetter);
    }
  }

  /** What there was. */
  private static final class Counts implements DecodedSink {
    private long events;
    private long notRelevant;
    private long deadLetters;

    @Override
    public void event(SysmonEvent event) {
      events++;
    }

    @Override
    public void notRelevant() {
      notRelevant++;
    }

    @Override
    public void deadLetter(DeadLetter deadLetter) {
      deadLetters++;
    }
  }
}
