package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.host.HostStep;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The host memory as live input drives it: steps out of order, watermarks in between. */
class HostMemoryOperatorTest {

  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final Timing TIMING =
      new Timing(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofSeconds(10));

  private static KeyedOneInputStreamOperatorTestHarness<String, Step, HostStep> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Step, HostStep> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new HostMemoryOperator(WINDOW, TIMING),
            step -> step.detection().event().hostKey(),
            Types.STRING);
    // As the graph has it: a type that would fall back to Kryo fails.
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    return harness;
  }

  private static StreamRecord<Step> record(Step step) {
    return new StreamRecord<>(step, step.time());
  }

  private static List<Long> timesOut(
      KeyedOneInputStreamOperatorTestHarness<String, Step, HostStep> harness) {
    return harness.extractOutputStreamRecords().stream().map(StreamRecord::getTimestamp).toList();
  }

  @Test
  void stepsComeOutInOrderOnceTheWatermarkHasPassed() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(record(Steps.copy(30, "a", "C:\\x")));
      harness.processElement(record(Steps.archive(10, "a", "C:\\Temp\\a.zip")));
      harness.processElement(record(Steps.copy(10, "a", "C:\\x")));
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(20);
      assertThat(harness.extractOutputValues())
          .extracting(hostStep -> hostStep.step().name().published())
          .as("of equal times, the archive first")
          .containsExactly("archive", "copy");
      harness.processWatermark(30);
      assertThat(timesOut(harness)).containsExactly(10L, 10L, 30L);
    }
  }

  @Test
  void aStepRecordedTwiceIsOneStep() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(record(Steps.archive(10, "a", "C:\\Temp\\a.zip")));
      harness.processElement(record(Steps.archive(10, "a", "C:\\Temp\\a.zip")));
      harness.processElement(record(Steps.archive(10, "a", "C:\\Temp\\b.zip")));
      harness.processWatermark(10);
      assertThat(harness.extractOutputValues()).hasSize(2);
    }
  }

  @Test
  void ofAStepRecordedTwiceTheOneThatTellsMoreIsKeptWhicheverCameFirst() throws Exception {
    Step less = Steps.archive(10, "ws1", "C:\\Temp\\a.zip");
    Step more = Steps.archive(10, "ws1.corp.example", "C:\\Temp\\a.zip");
    for (List<Step> order : List.of(List.of(less, more), List.of(more, less))) {
      try (var harness = harness()) {
        harness.open();
        for (Step step : order) {
          harness.processElement(record(step));
        }
        harness.processWatermark(10);
        assertThat(harness.extractOutputValues())
            .extracting(hostStep -> hostStep.step().detection().event().host())
            .containsExactly("ws1.corp.example");
      }
    }
  }

  @Test
  void hostsDoNotShareAMemory() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(record(Steps.archive(10, "a", "C:\\Temp\\a.zip")));
      harness.processElement(record(Steps.archive(11, "b", "C:\\Temp\\b.zip")));
      harness.processElement(record(Steps.copy(20, "b", "C:\\x")));
      harness.processWatermark(20);
      assertThat(harness.extractOutputValues())
          .filteredOn(hostStep -> hostStep.step().name() == StepName.COPY)
          .singleElement()
          .satisfies(
              copy ->
                  assertThat(copy.archives().first()).extracting(Step::time).containsExactly(11L));
    }
  }

  @Test
  void nothingIsKeptOfAHostOnceItsWindowIsOver() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (int i = 0; i < 100; i++) {
        harness.processElement(record(Steps.archive(i, "a", "C:\\Temp\\a.zip")));
        harness.processElement(record(Steps.copy(i, "b", "C:\\x")));
      }
      harness.processWatermark(99);
      assertThat(harness.numKeyedStateEntries()).as("a memory each").isEqualTo(2);
      assertThat(harness.numEventTimeTimers()).as("one timer a host").isEqualTo(2);
      long late = TIMING.lateness().toMillis();
      harness.processWatermark(99 + late + 1);
      assertThat(harness.numKeyedStateEntries()).as("copies are not needed longer").isEqualTo(1);
      harness.processWatermark(99 + WINDOW.toMillis() + late);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
      harness.processWatermark(99 + WINDOW.toMillis() + late + 1);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void whenTimeLeapsStepsStillFindWhatIsToBeForgottenAfterThem() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(record(Steps.archive(10, "a", "C:\\Temp\\a.zip")));
      harness.processWatermark(10);
      harness.processElement(record(Steps.copy(20, "a", "C:\\x")));
      harness.processWatermark(1_000_000_000);
      assertThat(harness.extractOutputValues())
          .extracting(hostStep -> hostStep.step().name())
          .containsExactly(StepName.ARCHIVE, StepName.COPY);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void lateStepsComeOutTogetherInTheirOrder() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(1_000);
      harness.processElement(record(Steps.copy(30, "a", "C:\\x")));
      harness.processElement(record(Steps.archive(10, "a", "C:\\Temp\\a.zip")));
      harness.processWatermark(1_099);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(1_100);
      assertThat(harness.extractOutputValues())
          .extracting(hostStep -> hostStep.step().name().published())
          .containsExactly("archive", "copy");
      assertThat(timesOut(harness)).as("not late for CEP").containsExactly(1_100L, 1_100L);
    }
  }

  @Test
  void aStepFromTheFutureEntersAsItComes() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(5_000);
      harness.processWatermark(4_900);
      long inAYear = 365 * 86_400_000L;
      harness.processElement(
          record(Steps.archive(inAYear, "a", "C:\\Temp\\a.zip").arriving(Arrival.CLOCK_AHEAD)));
      harness.setProcessingTime(5_050);
      harness.processElement(
          record(Steps.copy(inAYear + 50, "a", "C:\\x").arriving(Arrival.CLOCK_AHEAD)));
      harness.processWatermark(5_050);
      assertThat(timesOut(harness)).containsExactly(5_000L, 5_050L);
      assertThat(harness.extractOutputValues().get(1).archives().count()).isEqualTo(1);
      harness.processWatermark(5_050 + WINDOW.toMillis() + TIMING.lateness().toMillis() + 1);
      assertThat(harness.numKeyedStateEntries()).as("it is not kept for a year").isZero();
    }
  }

  @Test
  void whereTooManyStepsWaitTheEarlierHalfEntersInOrder() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(0);
      int most = HostMemoryOperator.MOST_WAITING;
      // The archive comes last and is the earliest: its copy must not overtake it.
      for (int i = 1; i < most; i++) {
        harness.processElement(record(Steps.copy(1 + i, "a", "C:\\routine\\" + i)));
      }
      harness.processElement(record(Steps.copy(2, "a", "C:\\Temp\\a.zip")));
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processElement(record(Steps.archive(1, "a", "C:\\Temp\\a.zip")));
      List<HostStep> early = harness.extractOutputValues();
      assertThat(early.get(0).step().name()).isEqualTo(StepName.ARCHIVE);
      assertThat(early.stream().filter(step -> !step.taken().isEmpty())).hasSize(1);
      harness.processElement(record(Steps.archive(most, "b", "C:\\Temp\\b.zip")));
      assertThat(harness.extractOutputValues()).as("others wait as ever").hasSize(early.size());
      harness.processWatermark(most + 1);
      assertThat(
              harness.extractOutputValues().stream()
                  .filter(step -> step.step().name() == StepName.COPY))
          .as("each copy of the window")
          .hasSize((int) WINDOW.toMillis() + 1);
    }
  }

  @Test
  void openMatchesAreCountedAlsoAfterARestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = harness()) {
      before.open();
      before.processElement(record(Steps.archive(10, "a", "C:\\Temp\\a.zip")));
      before.processElement(record(Steps.archive(10, "b", "C:\\Temp\\a.zip")));
      before.processWatermark(10);
      snapshot = before.snapshot(0, 0);
    }
    try (var after = harness()) {
      after.initializeState(snapshot);
      after.open();
      assertThat(((HostMemoryOperator) after.getOperator()).openMatches()).isEqualTo(2);
      after.processWatermark(10 + WINDOW.toMillis() + 1);
      assertThat(((HostMemoryOperator) after.getOperator()).openMatches())
          .as("CEP has let them go")
          .isZero();
    }
  }

  @Test
  void aRestoredMemoryGoesOn() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = harness()) {
      before.open();
      before.processElement(record(Steps.archive(10, "a", "C:\\Temp\\a.zip")));
      before.processWatermark(10);
      before.processElement(record(Steps.archive(20, "a", "C:\\Temp\\b.zip")));
      snapshot = before.snapshot(0, 0);
    }
    try (var after = harness()) {
      after.initializeState(snapshot);
      after.open();
      after.processElement(record(Steps.copy(30, "a", "C:\\x")));
      after.processWatermark(30);
      List<HostStep> out = after.extractOutputValues();
      assertThat(out.get(out.size() - 1).archives().first())
          .extracting(Step::time)
          .containsExactly(10L, 20L);
    }
  }
}
