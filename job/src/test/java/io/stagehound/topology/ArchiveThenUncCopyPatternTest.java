package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.alert.Development;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.PatternStep;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The core pattern in Flink's own CEP operator. */
class ArchiveThenUncCopyPatternTest {

  private static final Duration WINDOW = Duration.ofSeconds(1);

  private static KeyedOneInputStreamOperatorTestHarness<String, PatternStep, Development> harness()
      throws Exception {
    return PatternRun.harness(new ArchiveThenUncCopy(WINDOW));
  }

  private static StreamRecord<PatternStep> record(Step step) {
    return record(step, step.time());
  }

  private static StreamRecord<PatternStep> record(Step step, long at) {
    return new StreamRecord<>(
        new PatternStep(
            ArchiveThenUncCopy.ID,
            step.detection().event().hostKey(),
            at,
            step.name() == StepName.COPY,
            step,
            List.of(),
            Map.of(),
            List.of()),
        at);
  }

  private static Step archive(long time) {
    return Steps.archive(time, "a", "C:\\Temp\\a.zip");
  }

  private static Step copy(long time) {
    return Steps.copy(time, "a", "C:\\x");
  }

  private static List<Long> matchedCopies(long watermark, List<StreamRecord<PatternStep>> records)
      throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (StreamRecord<PatternStep> record : records) {
        harness.processElement(record);
      }
      harness.processWatermark(watermark);
      return harness.extractOutputValues().stream()
          .map(ArchiveThenUncCopyPatternTest::time)
          .toList();
    }
  }

  private static long time(Development development) {
    return Objects.requireNonNull(development.match()).time();
  }

  @Test
  void everyCopyInTheWindowMatchesOnce() throws Exception {
    assertThat(
            matchedCopies(
                5_000,
                List.of(
                    record(copy(9)),
                    record(archive(10)),
                    record(archive(11)),
                    record(copy(20)),
                    record(copy(30)))))
        .containsExactly(20L, 30L);
  }

  @Test
  void equalTimesCountAsInOrder() throws Exception {
    assertThat(matchedCopies(5_000, List.of(record(copy(10)), record(archive(10)))))
        .containsExactly(10L);
  }

  @Test
  void theWindowIncludesItsEnd() throws Exception {
    assertThat(matchedCopies(5_000, List.of(record(archive(10)), record(copy(1_010)))))
        .containsExactly(1_010L);
    assertThat(matchedCopies(5_000, List.of(record(archive(10)), record(copy(1_011))))).isEmpty();
  }

  @Test
  void anArchivePassedOnLateCountsFromItsOwnTime() throws Exception {
    assertThat(
            matchedCopies(
                5_000, List.of(record(archive(10), 900), record(copy(1_010)), record(copy(1_011)))))
        .containsExactly(1_010L);
  }

  @Test
  void hostsDoNotMix() throws Exception {
    assertThat(
            matchedCopies(
                5_000, List.of(record(archive(10)), record(Steps.copy(20, "b", "C:\\x")))))
        .isEmpty();
  }

  @Test
  void anOpenMatchSurvivesARestoreAndEndsWithTheWindow() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = harness()) {
      before.open();
      before.processElement(record(archive(10)));
      before.processWatermark(10);
      snapshot = before.snapshot(0, 0);
    }
    try (var after = harness()) {
      after.initializeState(snapshot);
      after.open();
      after.processElement(record(copy(500)));
      after.processWatermark(500);
      assertThat(after.extractOutputValues())
          .extracting(ArchiveThenUncCopyPatternTest::time)
          .containsExactly(500L);
      after.processWatermark(2_000);
      assertThat(after.numKeyedStateEntries()).isZero();
    }
  }
}
