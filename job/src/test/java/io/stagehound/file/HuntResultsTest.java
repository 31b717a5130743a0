package io.stagehound.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stagehound.output.LineFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuntResultsTest {

  private static final HuntSummary SUMMARY =
      new HuntSummary(0, 0, 0, 0, List.of(), Map.of(), Map.of(), 0, Duration.ZERO);

  /** Numbers, ascending. */
  private static final class NumberFormat implements LineFormat<Long> {
    @Override
    public String key(Long element) {
      return element.toString();
    }

    @Override
    public Long cutTo(Long element, int limit) {
      return element;
    }

    private static final long serialVersionUID = 1L;

    @Override
    public void write(Long number, JsonGenerator json) throws IOException {
      json.writeNumber(number);
    }

    @Override
    public byte[] sortKey(Long number) {
      return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
  }

  /** Lets its first attempt fail when all that it wrote is there. */
  private static final class FailsAtItsEnd extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;
    private boolean fails;

    @Override
    public void open(OpenContext context) {
      fails = getRuntimeContext().getTaskInfo().getAttemptNumber() == 0;
    }

    @Override
    public Long map(Long number) {
      return number;
    }

    @Override
    public void close() {
      if (fails) {
        throw new IllegalStateException("the machine is lost");
      }
    }
  }

  @TempDir private java.nio.file.Path folder;

  @BeforeEach
  void emptyStore() {
    ObjectStore.empty();
  }

  private HuntResults into(String output, boolean inParts) throws IOException {
    return HuntResults.into(Locations.of(output), inParts);
  }

  private static List<String> numbers(long end) {
    return LongStream.rangeClosed(1, end).mapToObj(Long::toString).toList();
  }

  @ParameterizedTest(name = "in parts: {0}")
  @ValueSource(booleans = {true, false})
  void ofATaskThatWasRetriedTheLastAttemptCounts(boolean inParts) throws Exception {
    try (HuntResults results = into(folder.toString(), inParts)) {
      Configuration configuration = new Configuration();
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
      configuration.set(
          RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.getExecutionEnvironment(configuration);
      env.setParallelism(2);
      env.setRuntimeMode(RuntimeExecutionMode.BATCH);
      env.fromSequence(1, 1_000)
          .map(new FailsAtItsEnd())
          .sinkTo(results.sink(HuntResults.DETECTIONS, new NumberFormat()));
      java.nio.file.Path writer =
          java.nio.file.Path.of(results.written(HuntResults.DETECTIONS).getPath(), "00000");
      // Of the job before it was recovered.
      Files.writeString(Files.createDirectories(writer).resolve("9"), "");
      env.execute();
      // Of one that was given up and writes on.
      assertThat(writer.resolve("1")).as("the second attempt's part").exists();
      Files.writeString(writer.resolve("0"), "");
      results.publish(SUMMARY);
    }
    List<String> lines = new ArrayList<>();
    if (inParts) {
      try (Stream<java.nio.file.Path> parts = Files.list(folder.resolve("detections"))) {
        for (java.nio.file.Path part : parts.toList()) {
          lines.addAll(Files.readAllLines(part));
        }
      }
    } else {
      lines.addAll(Files.readAllLines(folder.resolve("detections.ndjson")));
      assertThat(lines).isEqualTo(numbers(1_000));
    }
    assertThat(lines).containsExactlyInAnyOrderElementsOf(numbers(1_000));
  }

  @Test
  void morePartsThanAStoreHasConnectionsAreMerged() throws IOException {
    try (HuntResults results = into("bucket://store/out", false)) {
      for (long i = 1; i <= 200; i++) {
        SortedPartWriter<Long> writer =
            new SortedPartWriter<>(
                new Path(results.written(HuntResults.DETECTIONS), String.format("%05d/0", i)),
                SortedParts.Form.WITH_KEYS,
                Locations.ofLocal(folder.resolve("run-")),
                new NumberFormat());
        writer.write(i);
        writer.finish();
      }
      results.publish(SUMMARY);
      assertThat(results.firstLines(HuntResults.DETECTIONS, 300)).isEqualTo(numbers(200));
    }
  }

  @Test
  void othersMayWriteWhereTheyMayWriteAnyway() throws IOException {
    java.nio.file.Path plain = Files.createDirectory(folder.resolve("plain"));
    java.nio.file.Path out = folder.resolve("some/out");
    try (HuntResults results = into(out.toString(), false)) {
      java.nio.file.Path hidden =
          java.nio.file.Path.of(results.written(HuntResults.ALERTS).getPath()).getParent();
      assertThat(List.of(hidden, out, out.getParent()))
          .allSatisfy(
              made ->
                  assertThat(Files.getPosixFilePermissions(made))
                      .isEqualTo(Files.getPosixFilePermissions(plain)));
    }
  }
}
