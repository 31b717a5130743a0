package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.alert.Alert;
import io.stagehound.alert.Publication;
import io.stagehound.host.HostStep;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.Match;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Incidents as live matches drive them. */
class FoldIncidentsTest {

  private static final ArchiveThenUncCopy PATTERN = new ArchiveThenUncCopy(Duration.ofSeconds(1));

  private static KeyedOneInputStreamOperatorTestHarness<String, Match, Alert> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Match, Alert> harness =
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

  private static Match match(long time) {
    return new Match(
        ArchiveThenUncCopy.ID,
        new HostStep(
            "ws1",
            time,
            Steps.copy(time, "ws1", "C:\\x"),
            StepSample.empty().plus(Steps.archive(time - 1, "ws1", "C:\\Temp\\a.zip")),
            List.of(),
            false));
  }

  private static List<String> states(
      KeyedOneInputStreamOperatorTestHarness<String, Match, Alert> harness) {
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
}
