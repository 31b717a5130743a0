package io.stagehound.topology;

import static io.stagehound.ScriptBlocks.part;
import static io.stagehound.ScriptBlocks.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.event.SysmonEvent;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Script blocks as live records bring them. */
class JoinScriptBlocksTest {

  private static final long PATIENCE = JoinScriptBlocks.PATIENCE.toMillis();

  private static KeyedOneInputStreamOperatorTestHarness<String, SysmonEvent, SysmonEvent> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, SysmonEvent, SysmonEvent> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new JoinScriptBlocks()),
            JoinScriptBlocks::key,
            Types.STRING);
    // As the graph has it: a type that would fall back to Kryo fails.
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    return harness;
  }

  @Test
  void aScriptIsGivenOutOnceWithItsLastPart() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(part("em a b", 2, 2), 1_002);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processElement(part("Copy-It", 1, 2), 1_001);
      assertThat(harness.extractOutputValues()).containsExactly(whole(1_001, "Copy-Item a b"));
      harness.processElement(part("Copy-It", 1, 2), 1_001);
      harness.processElement(part("em a b", 2, 2), 1_002);
      harness.processWatermark(1_002 + PATIENCE);
      assertThat(harness.extractOutputValues()).as("records that came twice").hasSize(1);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void whatIsIncompleteIsGivenOutAsItIsInTheEnd() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(part("a", 1, 3), 1_001);
      harness.processElement(part("c", 3, 3), 1_003);
      harness.processWatermark(1_001 + PATIENCE - 1);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(1_001 + PATIENCE);
      assertThat(harness.extractOutputValues()).containsExactly(whole(1_001, "a\nc"));
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void lateAndFuturePartsAreWaitedForAsLong() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(100_000_000);
      harness.processElement(part("a", 1, 2), 1_001);
      harness.processWatermark(100_000_000 + PATIENCE - 1);
      harness.processElement(part("b", 2, 2), 1_002);
      assertThat(harness.extractOutputValues()).containsExactly(whole(1_001, "ab"));
    }
    try (var harness = harness()) {
      harness.open();
      harness.processElement(part(Long.MAX_VALUE / 2, "ws1", "d5f310ed", "a", 1, 2), 1_001);
      harness.processWatermark(1_001 + PATIENCE);
      assertThat(harness.extractOutputValues()).as("of a host whose clock is ahead").hasSize(1);
    }
  }

  @Test
  void scriptsAndHostsAreKeptApart() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(part(1, "ws1", "x", "a", 1, 2), 1);
      harness.processElement(part(1, "ws2", "x", "b", 2, 2), 1);
      harness.processElement(part(1, "ws1", "y", "c", 2, 2), 1);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processElement(part(1, "ws1.corp.example", "x", "d", 2, 2), 1);
      assertThat(harness.extractOutputValues())
          .extracting(SysmonEvent::scriptBlockText)
          .containsExactly("ad");
    }
  }

  @Test
  void whatIsNoPartIsNotForIt() {
    for (SysmonEvent other : List.of(whole(1, "a"), part("b", 1, 1), part("c", 3, 2))) {
      assertThat(JoinScriptBlocks.isPart(other)).isFalse();
    }
  }

  @Test
  void partsSurviveARestart() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness()) {
      harness.open();
      harness.processElement(part("b", 2, 3), 1_002);
      harness.processElement(part(5, "ws1", "other", "x", 1, 2), 5);
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness()) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement(part("a", 1, 3), 1_001);
      harness.processElement(part("c", 3, 3), 1_003);
      assertThat(harness.extractOutputValues()).containsExactly(whole(1_001, "abc"));
      harness.processWatermark(5 + PATIENCE);
      assertThat(harness.extractOutputValues())
          .extracting(SysmonEvent::scriptBlockText)
          .containsExactly("abc", "x");
    }
  }
}
