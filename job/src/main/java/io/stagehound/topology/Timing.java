package io.stagehound.topology;

import io.stagehound.step.Arrival;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * How a live hunt deals with time.
 *
 * @param outOfOrderness how long event time waits for events that are out of order; also how far a
 *     host's clock may be ahead before it is flagged
 * @param idleTimeout how long a partition may bring no event before the others no longer wait for
 *     it
 * @param lateness how late a step may come and still be correlated
 */
public record Timing(Duration outOfOrderness, Duration idleTimeout, Duration lateness)
    implements Serializable {

  /** What a hunt uses when the user says nothing else. */
  public static final Timing DEFAULT =
      new Timing(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofDays(7));

  /**
   * How late a step may come and still be correlated.
   *
   * @param timing that of a live hunt; null for history, where what comes by time may still tell of
   *     an earlier one: a record at second hand, or a script whose parts were waited for
   */
  static Duration latenessOf(@Nullable Timing timing) {
    return timing == null ? JoinScriptBlocks.PATIENCE : timing.lateness;
  }

  /**
   * How an event comes.
   *
   * @param time the event's own
   * @param timestamp what Flink has for it: never later than its record was written, as {@link
   *     EventTimes} sees to
   */
  Arrival arrival(long time, @Nullable Long timestamp, TimerService clocks) {
    if (time <= clocks.currentWatermark()) {
      return Arrival.LATE;
    }
    long present = clocks.currentProcessingTime();
    if (timestamp != null) {
      present = Math.min(present, timestamp);
    }
    return time > present + outOfOrderness.toMillis() ? Arrival.CLOCK_AHEAD : Arrival.ON_TIME;
  }
}
