package io.stagehound.topology;

import io.stagehound.decode.Decoded;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

/** How events get their timestamps, and how event time advances by them. */
public final class EventTimes {

  private EventTimes() {}

  /** For a hunt through history, which is sorted by its timestamps and needs no watermarks. */
  public static WatermarkStrategy<Decoded> ofHistory() {
    return WatermarkStrategy.<Decoded>noWatermarks().withTimestampAssigner(context -> assigner());
  }

  /** For a live hunt, whose partitions each advance by their own events. */
  public static WatermarkStrategy<Decoded> live(Timing timing) {
    return WatermarkStrategy.<Decoded>forGenerator(
            context -> new LiveWatermarks(timing, context.getInputActivityClock()))
        .withTimestampAssigner(context -> EventTimes::noLaterThanWritten);
  }

  private static TimestampAssigner<Decoded> assigner() {
    return (decoded, none) -> decoded.event() == null ? none : decoded.event().time();
  }

  /** A record was not written before its event happened, whatever the event's host says. */
  private static long noLaterThanWritten(Decoded decoded, long written) {
    if (decoded.event() == null) {
      return written;
    }
    return written > 0 ? Math.min(decoded.event().time(), written) : decoded.event().time();
  }

  /**
   * The event time of one partition: behind its latest event by the out-of-orderness allowed for,
   * and never beyond what the clock on the wall allows, whatever a host's clock says. A partition
   * that has brought no event for a while is idle, even when it brings other records. History is in
   * no order, and so event time does not begin before it is through.
   */
  static final class LiveWatermarks implements WatermarkGenerator<Decoded> {
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final long behind;
    private final long idleNanos;
    private final RelativeClock activity;
    private long latest = Long.MIN_VALUE;
    private long lastEvent;

    LiveWatermarks(Timing timing, RelativeClock activity) {
      this.behind = timing.outOfOrderness().plus(MILLISECOND).toMillis();
      this.idleNanos = timing.idleTimeout().toNanos();
      this.activity = activity;
      this.lastEvent = activity.relativeTimeNanos();
    }

    @Override
    public void onEvent(Decoded decoded, long time, WatermarkOutput output) {
      if (decoded.history()) {
        // Without watermarks Flink would take it for idle, and let others go on to now.
        output.markActive();
        lastEvent = activity.relativeTimeNanos();
      } else if (decoded.event() != null) {
        latest = Math.max(latest, Math.min(time, System.currentTimeMillis()));
        lastEvent = activity.relativeTimeNanos();
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (activity.relativeTimeNanos() - lastEvent >= idleNanos) {
        output.markIdle();
      } else if (latest != Long.MIN_VALUE) {
        output.emitWatermark(new Watermark(latest - behind));
      }
    }
  }
}
