package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.host.HostMemory;
import io.stagehound.host.HostStep;
import io.stagehound.host.Retention;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.Match;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.EventComparator;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The core pattern in Flink's own CEP operator. */
class ArchiveThenUncCopyPatternTest {

  private static final Duration WINDOW = Duration.ofSeconds(1);

  private static KeyedOneInputStreamOperatorTestHarness<String, HostStep, Match> harness()
      throws Exception {
    ArchiveThenUncCopy pattern = new ArchiveThenUncCopy(WINDOW);
    EventComparator<HostStep> order = (a, b) -> HostStep.ORDER.compare(a, b);
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new CepOperator<>(
            TypeInformation.of(HostStep.class).createSerializer(new SerializerConfigImpl()),
            false,
            NFACompiler.compileFactory(pattern.pattern(), false),
            order,
            null,
            new MatchOnce(pattern),
            null),
        HostStep::host,
        Types.STRING);
  }

  private static StreamRecord<HostStep> record(Step step) {
    return record(step, step.time());
  }

  private static StreamRecord<HostStep> record(Step step, long at) {
    return new StreamRecord<>(
        new HostStep(
            step.detection().event().hostKey(), at, step, StepSample.empty(), List.of(), false),
        at);
  }

  private static Step archive(long time) {
    return Steps.archive(time, "a", "C:\\Temp\\a.zip");
  }

  private static Step copy(long time) {
    return Steps.copy(time, "a", "C:\\x");
  }

  private static List<Long> matchedCopies(long watermark, List<StreamRecord<HostStep>> records)
      throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (StreamRecord<HostStep> record : records) {
        harness.processElement(record);
      }
      harness.processWatermark(watermark);
      return harness.extractOutputValues().stream().map(Match::time).toList();
    }
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
      assertThat(after.extractOutputValues()).extracting(Match::time).containsExactly(500L);
      after.processWatermark(2_000);
      assertThat(after.numKeyedStateEntries()).isZero();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void behindTheMemoryItFindsWhatABruteForceSearchFinds(long seed) throws Exception {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < 1_500; i++) {
      // Floods of archives, a few copies, and gaps about as long as the window.
      time += random.nextInt(60) == 0 ? 800 + random.nextInt(400) : random.nextInt(8);
      steps.add(random.nextInt(20) == 0 ? copy(time) : archive(time));
    }
    steps.sort(Step.ORDER);
    List<StreamRecord<HostStep>> records = new ArrayList<>();
    HostMemory memory = HostMemory.empty();
    for (Step step : steps) {
      memory =
          memory.take(
              step,
              step.time(),
              "a",
              Retention.ofSorted(WINDOW),
              hostStep -> records.add(new StreamRecord<>(hostStep, hostStep.at())));
    }
    TreeSet<Long> expected = new TreeSet<>();
    for (Step copy : steps) {
      for (Step archive : steps) {
        if (copy.name() == StepName.COPY
            && archive.name() == StepName.ARCHIVE
            && archive.time() <= copy.time()
            && copy.time() <= archive.time() + WINDOW.toMillis()) {
          expected.add(copy.time());
        }
      }
    }
    assertThat(new TreeSet<>(matchedCopies(Long.MAX_VALUE, records))).isEqualTo(expected);
    assertThat(expected).as("the search finds something").hasSizeGreaterThan(5);
  }
}
