package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.host.BulkRate;
import io.stagehound.host.Observation;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.StepPattern;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
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
  private static final StepPattern PATTERN = new ArchiveThenUncCopy(WINDOW);
  private static final Timing TIMING =
      new Timing(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofSeconds(10));

  /** When facts of the first minutes are looked through, at the latest. */
  private static final long FACTS_LOOKED_THROUGH =
      Duration.ofMinutes(20).plus(TIMING.lateness()).toMillis();

  private static KeyedOneInputStreamOperatorTestHarness<String, ObservationBytes, PatternStep>
      harness() throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, ObservationBytes, PatternStep> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new HostMemoryOperator(List.of(PATTERN), WINDOW, BulkRate.DEFAULT, TIMING),
            ObservationBytes::host,
            Types.STRING);
    // As the graph has it: a type that would fall back to Kryo fails.
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    return harness;
  }

  private static StreamRecord<ObservationBytes> record(Step step) {
    return HostRecords.written(
        new StreamRecord<>(
            new Observation(
                step.detection().event().hostKey(),
                step.time(),
                step.arrival(),
                step.detection().event().user(),
                step.detection(),
                false,
                null,
                List.of()),
            step.time()));
  }

  private static List<StreamRecord<PatternStep>> records(
      KeyedOneInputStreamOperatorTestHarness<String, ObservationBytes, PatternStep> harness) {
    var records = harness.getSideOutput(HostMemoryOperator.stepsOf(PATTERN.id()));
    return records == null ? List.of() : List.copyOf(records);
  }

  private static List<PatternStep> out(
      KeyedOneInputStreamOperatorTestHarness<String, ObservationBytes, PatternStep> harness) {
    return records(harness).stream().map(StreamRecord::getValue).toList();
  }

  private static StepSample archives(PatternStep copy) {
    return copy.brought().getOrDefault(StepName.ARCHIVE, StepSample.empty());
  }

  private static List<Long> timesOut(
      KeyedOneInputStreamOperatorTestHarness<String, ObservationBytes, PatternStep> harness) {
    return records(harness).stream().map(StreamRecord::getTimestamp).toList();
  }

  @Test
  void stepsComeOutInOrderOnceTheWatermarkHasPassed() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(record(Steps.copy(30, "a", "C:\\x")));
      harness.processElement(record(Steps.archive(10, "a", "C:\\Temp\\a.zip")));
      harness.processElement(record(Steps.copy(10, "a", "C:\\x")));
      assertThat(out(harness)).isEmpty();
      harness.processWatermark(20);
      assertThat(out(harness))
          .extracting(patternStep -> patternStep.step().name().published())
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
      assertThat(out(harness)).hasSize(2);
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
        assertThat(out(harness))
            .extracting(patternStep -> patternStep.step().detection().event().host())
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
      assertThat(out(harness))
          .filteredOn(patternStep -> patternStep.step().name() == StepName.COPY)
          .singleElement()
          .satisfies(
              copy ->
                  assertThat(archives(copy).first()).extracting(Step::time).containsExactly(11L));
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
      int facts = 2;
      assertThat(harness.numKeyedStateEntries())
          .as("a memory each, and what is known of the copies' host")
          .isEqualTo(2 + facts);
      assertThat(harness.numEventTimeTimers()).as("one timer for each").isEqualTo(3);
      long late = TIMING.lateness().toMillis();
      harness.processWatermark(99 + late + 1);
      assertThat(harness.numKeyedStateEntries())
          .as("copies are not needed longer")
          .isEqualTo(1 + facts);
      harness.processWatermark(99 + WINDOW.toMillis() + late);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1 + facts);
      harness.processWatermark(99 + WINDOW.toMillis() + late + 1);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(facts);
      harness.processWatermark(FACTS_LOOKED_THROUGH);
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
      assertThat(out(harness))
          .extracting(patternStep -> patternStep.step().name())
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
      assertThat(out(harness)).isEmpty();
      harness.processWatermark(1_100);
      assertThat(out(harness))
          .extracting(patternStep -> patternStep.step().name().published())
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
          record(
              Steps.arriving(Steps.archive(inAYear, "a", "C:\\Temp\\a.zip"), Arrival.CLOCK_AHEAD)));
      harness.setProcessingTime(5_050);
      harness.processElement(
          record(Steps.arriving(Steps.copy(inAYear + 50, "a", "C:\\x"), Arrival.CLOCK_AHEAD)));
      harness.processWatermark(5_050);
      assertThat(timesOut(harness)).containsExactly(5_000L, 5_050L);
      assertThat(archives(out(harness).get(1)).count()).isEqualTo(1);
      harness.processWatermark(FACTS_LOOKED_THROUGH);
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
      assertThat(out(harness)).isEmpty();
      harness.processElement(record(Steps.archive(1, "a", "C:\\Temp\\a.zip")));
      List<PatternStep> early = out(harness);
      assertThat(early.get(0).step().name()).isEqualTo(StepName.ARCHIVE);
      assertThat(early.stream().filter(step -> !step.taken().isEmpty())).hasSize(1);
      harness.processElement(record(Steps.archive(most, "b", "C:\\Temp\\b.zip")));
      assertThat(out(harness)).as("others wait as ever").hasSize(early.size());
      harness.processWatermark(most + 1);
      assertThat(
              out(harness).stream()
                  .map(step -> step.brought().getOrDefault(StepName.COPY, StepSample.empty()))
                  .mapToLong(StepSample::count)
                  .sum())
          .as("each copy of the window, once")
          .isEqualTo(WINDOW.toMillis() + 1);
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
      List<PatternStep> out = out(after);
      assertThat(archives(out.get(out.size() - 1)).first())
          .extracting(Step::time)
          .containsExactly(10L, 20L);
    }
  }
}
