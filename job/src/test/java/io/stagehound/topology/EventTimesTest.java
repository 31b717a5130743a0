package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Events;
import io.stagehound.decode.Decoded;
import io.stagehound.event.EventType;
import io.stagehound.topology.EventTimes.LiveWatermarks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

/** The event time of one partition. */
class EventTimesTest {

  private static final Decoded OTHER = new Decoded(null, null, 1, 100, false);

  private final ManualClock activity = new ManualClock();
  private final List<String> emitted = new ArrayList<>();
  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          emitted.add(Long.toString(watermark.getTimestamp()));
        }

        @Override
        public void markIdle() {
          emitted.add("idle");
        }

        @Override
        public void markActive() {}
      };
  private final LiveWatermarks watermarks =
      new LiveWatermarks(
          new Timing(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ZERO), activity);

  private void event(long time) {
    watermarks.onEvent(
        new Decoded(
            Events.event(EventType.FILE_CREATE, time, "a", "x.exe", null, "C:\\x"),
            null,
            0,
            0,
            false),
        time,
        output);
  }

  private String emit() {
    emitted.clear();
    watermarks.onPeriodicEmit(output);
    return String.join(" ", emitted);
  }

  @Test
  void itStaysBehindTheLatestEvent() {
    assertThat(emit()).as("nothing is known yet").isEmpty();
    event(1_000_000);
    event(900_000);
    assertThat(emit()).isEqualTo("989999");
  }

  @Test
  void aClockInTheFutureMovesItNoFurtherThanNow() {
    event(1_000_000);
    long before = System.currentTimeMillis();
    event(before + Duration.ofDays(365).toMillis());
    long watermark = Long.parseLong(emit());
    assertThat(watermark).isBetween(before - 10_001, System.currentTimeMillis() - 10_001);
  }

  @Test
  void withoutEventsItIsIdleWhateverElseComes() {
    event(1_000_000);
    activity.advanceTime(Duration.ofMillis(4_999));
    watermarks.onEvent(OTHER, Long.MIN_VALUE, output);
    assertThat(emit()).isEqualTo("989999");
    activity.advanceTime(Duration.ofMillis(1));
    assertThat(emit()).isEqualTo("idle");
    event(1_000_001);
    assertThat(emit()).isEqualTo("990000");
  }

  @Test
  void aPartitionThatNeverSpeaksHoldsNobodyBack() {
    activity.advanceTime(Duration.ofSeconds(5));
    assertThat(emit()).isEqualTo("idle");
  }
}
