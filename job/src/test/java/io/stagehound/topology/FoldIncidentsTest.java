package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.alert.Alert;
import io.stagehound.alert.Development;
import io.stagehound.alert.Publication;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.Match;
import io.stagehound.pattern.PatternStep;
import io.stagehound.receiver.Corroboration;
import io.stagehound.receiver.SightingKind;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Incidents as live matches drive them. */
class FoldIncidentsTest {

  private static final ArchiveThenUncCopy PATTERN = new ArchiveThenUncCopy(Duration.ofSeconds(1));

  private static KeyedOneInputStreamOperatorTestHarness<String, Development, Alert> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Development, Alert> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new FoldIncidents(
                    List.of(PATTERN),
                    Duration.ofSeconds(10),
                    Publication.ofChanges(Duration.ofMinutes(1)))),
            FoldIncidents::key,
            Types.STRING);
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    return harness;
  }

  private static Development match(long time) {
    Step copy = Steps.copy(time, "ws1", "C:\\x");
    Step archive = Steps.archive(time - 1, "ws1", "C:\\Temp\\a.zip");
    return Development.of(
        new Match(
            new PatternStep(
                PATTERN.id(),
                "ws1",
                time,
                true,
                copy,
                List.of(),
                Map.of(
                    StepName.ARCHIVE,
                    StepSample.empty().plus(archive),
                    StepName.COPY,
                    StepSample.empty().plus(copy)),
                List.of())));
  }

  private static List<String> states(
      KeyedOneInputStreamOperatorTestHarness<String, Development, Alert> harness) {
    return harness.extractOutputValues().stream().map(alert -> alert.state().published()).toList();
  }

  @Test
  void anAlertOpensIsUpdatedAMinuteLaterAndCloses() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(match(100), 100);
      harness.processElement(match(200), 200);
      assertThat(states(harness)).containsExactly("open");
      harness.setProcessingTime(59_999);
      assertThat(states(harness)).containsExactly("open");
      harness.setProcessingTime(60_000);
      assertThat(states(harness)).containsExactly("open", "updated");
      harness.setProcessingTime(200_000);
      harness.processWatermark(1_201);
      assertThat(states(harness)).containsExactly("open", "updated", "closed");
      harness.processWatermark(100_000);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void manyMatchesNeedOneTimer() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (int i = 0; i < 1_000; i++) {
        harness.processElement(match(100 + i), 100 + i);
      }
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      harness.setProcessingTime(100_000);
      harness.processWatermark(1_099 + 1_000);
      assertThat(states(harness)).doesNotContain("closed");
      harness.setProcessingTime(200_000);
      harness.processWatermark(1_099 + 1_001);
      assertThat(states(harness)).endsWith("closed");
    }
  }

  @Test
  void aDrainClosesWhatIsOpenAtOnce() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(match(100), 100);
      harness.processElement(match(200), 200);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(states(harness)).containsExactly("open", "closed");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aRestoredIncidentGoesOnUnderItsId() throws Exception {
    OperatorSubtaskState snapshot;
    String id;
    try (var before = harness()) {
      before.open();
      before.processElement(match(100), 100);
      id = before.extractOutputValues().get(0).alertId();
      snapshot = before.snapshot(0, 0);
    }
    try (var after = harness()) {
      after.initializeState(snapshot);
      after.open();
      after.setProcessingTime(100_000);
      after.processElement(match(200), 200);
      assertThat(after.extractOutputValues()).extracting(Alert::alertId).containsExactly(id);
      assertThat(states(after)).containsExactly("updated");
      after.processWatermark(1_201);
      after.setProcessingTime(200_000);
      assertThat(states(after)).containsExactly("updated", "closed");
    }
  }

  private static Development received(long copied) {
    return Development.of(
            new Corroboration(
                SightingKind.RECEIVED, "ws1", "fs01", "drop", copied, copied + 5, "D:\\x"),
            List.of(PATTERN))
        .get(0);
  }

  @Test
  void whatBearsOutACopyMayComeBeforeOrAfterItAlsoAcrossARestore() throws Exception {
    for (boolean before : new boolean[] {true, false}) {
      OperatorSubtaskState snapshot;
      try (var harness = harness()) {
        harness.open();
        harness.processElement(before ? received(100) : match(100), 100);
        snapshot = harness.snapshot(0, 0);
      }
      try (var harness = harness()) {
        harness.initializeState(snapshot);
        harness.open();
        harness.setProcessingTime(100_000);
        harness.processElement(before ? match(100) : received(100), 105);
        assertThat(harness.extractOutputValues())
            .singleElement()
            .satisfies(alert -> assertThat(alert.confirmed()).isTrue());
        harness.setProcessingTime(200_000);
        harness.processWatermark(1_000_000);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
      }
    }
  }

  @Test
  void whatBearsOutNothingIsForgottenWithoutAnAlert() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (int i = 0; i < 1_000; i++) {
        harness.processElement(received(i), i);
      }
      harness.setProcessingTime(100_000);
      harness.processWatermark(1_000_000);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }
}
