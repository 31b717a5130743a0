package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.receiver.Corroboration;
import io.stagehound.receiver.Push;
import io.stagehound.receiver.ServerEvent;
import io.stagehound.receiver.ServerMemory;
import io.stagehound.receiver.Sighting;
import io.stagehound.receiver.SightingKind;
import io.stagehound.step.Arrival;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Servers as pushes and sightings reach them. */
class ServerMemoryOperatorTest {

  private static final Timing LIVE =
      new Timing(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofHours(1));
  private static final long KEPT = ServerMemory.LONGEST.plus(LIVE.lateness()).toMillis();

  private static KeyedOneInputStreamOperatorTestHarness<String, ServerEvent, Corroboration> harness(
      @Nullable Timing timing) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, ServerEvent, Corroboration> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new ServerMemoryOperator(timing), ServerEvent::server, Types.STRING);
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    return harness;
  }

  private static StreamRecord<ServerEvent> push(long time, long at, String host) {
    Push push = Push.of(Steps.copyTo(time, host, "fs01", "C:\\a.zip"), List.of()).get(0);
    return new StreamRecord<>(ServerEvent.of(push), at);
  }

  private static StreamRecord<ServerEvent> received(long time) {
    return new StreamRecord<>(
        ServerEvent.of(
            new Sighting(SightingKind.RECEIVED, "fs01", null, null, null, "D:\\drop\\a.zip", time),
            Arrival.ON_TIME),
        time);
  }

  private static List<String> found(
      KeyedOneInputStreamOperatorTestHarness<String, ServerEvent, Corroboration> harness) {
    return harness.extractOutputValues().stream()
        .map(found -> found.host() + " " + found.copied() + " " + found.seen())
        .toList();
  }

  @Test
  void aPushAndItsReceiptMeetInWhicheverOrderTheyCome() throws Exception {
    try (var harness = harness(LIVE)) {
      harness.open();
      harness.processElement(received(10));
      harness.processElement(push(10, 10, "ws1"));
      harness.processWatermark(10);
      assertThat(found(harness)).as("of equal times the push first").containsExactly("ws1 10 10");
      harness.processWatermark(5_000);
      harness.processElement(push(8, 5_100, "ws2"));
      harness.processWatermark(5_100);
      assertThat(found(harness)).as("a late push").containsExactly("ws1 10 10", "ws2 8 10");
    }
  }

  @Test
  void inHistoryAPushThatIsToldAtSecondHandMeetsItsReceipt() throws Exception {
    try (var harness = harness(null)) {
      harness.open();
      harness.processElement(push(900, 900, "ws2"));
      harness.processElement(received(1_200));
      harness.processElement(push(1_000, 6_000, "ws1"));
      harness.processElement(received(20_000));
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(found(harness)).containsExactly("ws2 900 1200", "ws1 1000 1200");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aRestoredMemoryGoesOnAndEnds() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = harness(LIVE)) {
      before.open();
      before.processElement(push(1, 1, "ws1"));
      before.processWatermark(1);
      before.processElement(received(2));
      snapshot = before.snapshot(0, 0);
    }
    try (var after = harness(LIVE)) {
      after.initializeState(snapshot);
      after.open();
      after.processElement(push(2, 2, "ws2"));
      after.processWatermark(2);
      assertThat(found(after)).containsExactlyInAnyOrder("ws1 1 2", "ws2 2 2");
      after.processWatermark(2 + KEPT);
      assertThat(after.numKeyedStateEntries()).isEqualTo(1);
      after.processWatermark(2 + KEPT + 1);
      assertThat(after.numKeyedStateEntries()).isZero();
      assertThat(after.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aServerThatIsPushedToAllDayTakesNoMoreRoom() throws Exception {
    assertThat(sizeAfter(20_000)).isLessThan(sizeAfter(1_000) * 5 / 4);
  }

  private static long sizeAfter(int events) throws Exception {
    try (var harness = harness(LIVE)) {
      harness.open();
      for (int i = 0; i < events; i++) {
        harness.processElement(i % 2 == 0 ? push(i, i, "ws" + i) : received(i));
        if (i % 100 == 99) {
          harness.processWatermark(i);
        }
      }
      return harness.snapshot(0, 0).getStateSize();
    }
  }
}
