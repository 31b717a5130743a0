package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Events;
import io.stagehound.decode.Decoded;
import io.stagehound.event.EventType;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Event time when a source has nothing to say. */
class EventTimeProgressTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final Timing TIMING =
      new Timing(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofDays(1));

  private static StreamRecord<Decoded> event(long time) {
    return new StreamRecord<>(
        new Decoded(
            Events.event(EventType.FILE_CREATE, time, "a", "x.exe", null, "C:\\x"),
            null,
            0,
            0,
            false),
        time);
  }

  private static OneInputStreamOperatorTestHarness<Decoded, Decoded> open(@Nullable Timing timing)
      throws Exception {
    OneInputStreamOperatorTestHarness<Decoded, Decoded> harness =
        new OneInputStreamOperatorTestHarness<>(new EventTimeProgress(timing));
    harness.setProcessingTime(NOW);
    harness.open();
    return harness;
  }

  private static List<Long> watermarks(
      OneInputStreamOperatorTestHarness<Decoded, Decoded> harness) {
    return harness.getOutput().stream()
        .filter(Watermark.class::isInstance)
        .map(element -> ((Watermark) element).getTimestamp())
        .toList();
  }

  @Test
  void anIdleSourceLetsTimeGoOnByTheClock() throws Exception {
    try (var harness = open(TIMING)) {
      harness.processElement(event(NOW));
      harness.processWatermark(NOW - 10_001);
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.setProcessingTime(NOW + 10_200);
      List<Long> watermarks = watermarks(harness);
      assertThat(watermarks).isSorted().doesNotHaveDuplicates();
      assertThat(watermarks.get(watermarks.size() - 1)).isEqualTo(NOW + 199);
      assertThat(harness.getOutput())
          .as("others need not go on alone")
          .doesNotContain(WatermarkStatus.IDLE);
    }
  }

  @Test
  void anActiveSourceKeepsItsOwnTime() throws Exception {
    try (var harness = open(TIMING)) {
      harness.processElement(event(NOW));
      harness.processWatermark(NOW - 10_001);
      harness.setProcessingTime(NOW + 60_000);
      assertThat(watermarks(harness)).containsExactly(NOW - 10_001);
    }
  }

  @Test
  void aSourceThatComesBackDoesNotTurnTimeBack() throws Exception {
    try (var harness = open(TIMING)) {
      harness.processElement(event(NOW));
      harness.processWatermark(NOW - 10_001);
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.setProcessingTime(NOW + 20_000);
      harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
      harness.processElement(event(NOW + 1));
      harness.processWatermark(NOW + 1 - 10_001);
      assertThat(watermarks(harness)).isSorted();
      harness.processWatermark(NOW + 100_000);
      assertThat(watermarks(harness)).endsWith(NOW + 100_000);
    }
  }

  @Test
  void beforeTheFirstEventTheSourceIsLeftItsTime() throws Exception {
    try (var harness = open(TIMING)) {
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.setProcessingTime(NOW + EventTimeProgress.STARTING_UP_MILLIS - 1);
      assertThat(harness.getOutput()).containsExactly(WatermarkStatus.IDLE);
      harness.setProcessingTime(NOW + EventTimeProgress.STARTING_UP_MILLIS + 400);
      assertThat(watermarks(harness)).as("what was restored must not wait").isNotEmpty();
    }
  }

  @Test
  void aDrainEndsTimeAlsoWhereTheSourceIsIdle() throws Exception {
    try (var harness = open(TIMING)) {
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.endInput();
      assertThat(watermarks(harness)).containsExactly(Long.MAX_VALUE);
    }
  }

  @Test
  void inHistoryNothingHappensByTheClock() throws Exception {
    try (var harness = open(null)) {
      harness.processElement(event(NOW));
      harness.setProcessingTime(NOW + 1_000_000);
      assertThat(watermarks(harness)).isEmpty();
    }
  }
}
