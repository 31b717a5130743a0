package io.stagehound.topology;

import io.stagehound.decode.Decoded;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * Lets event time go on when every partition of a source is idle: by the clock on the wall, so that
 * an alert never waits for more traffic. Flink alone would stop event time until the next event.
 *
 * <p>Until a source has brought its first event, nothing is known of how far behind the clock its
 * telemetry is, and so event time is left alone; but not for longer than a minute, or else what a
 * restored job has waiting would wait for traffic.
 */
final class EventTimeProgress extends AbstractStreamOperator<Decoded>
    implements OneInputStreamOperator<Decoded, Decoded>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** How long a source may take to bring its first event. */
  static final long STARTING_UP_MILLIS = 60_000;

  private static final long TICK_MILLIS = 200;

  private final @Nullable Timing timing;
  private transient boolean idle;
  private transient boolean anyEvent;
  private transient long started;
  private transient long latest;
  private transient @Nullable ScheduledFuture<?> ticks;

  /**
   * An operator that keeps event time going.
   *
   * @param timing of a live hunt; null where time is not kept, as in BATCH mode
   */
  EventTimeProgress(@Nullable Timing timing) {
    this.timing = timing;
  }

  @Override
  public void open() throws Exception {
    super.open();
    latest = Long.MIN_VALUE;
    if (timing != null) {
      started = getProcessingTimeService().getCurrentProcessingTime();
      ticks =
          getProcessingTimeService()
              .scheduleWithFixedDelay(now -> tick(now, timing), TICK_MILLIS, TICK_MILLIS);
    }
  }

  @Override
  public void processElement(StreamRecord<Decoded> record) {
    if (record.getValue().history()) {
      // Where history ends and the present begins, a source starts up once more.
      started = getProcessingTimeService().getCurrentProcessingTime();
    } else {
      anyEvent |= record.getValue().event() != null;
    }
    output.collect(record);
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    // What the clock has let pass is passed, even where the source comes back with less.
    if (watermark.getTimestamp() > latest) {
      latest = watermark.getTimestamp();
      super.processWatermark(watermark);
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    idle = status.isIdle();
    if (!keepsTime(getProcessingTimeService().getCurrentProcessingTime())) {
      super.processWatermarkStatus(status);
    }
  }

  /** A drain ends event time; but Flink drops that watermark where the source is idle. */
  @Override
  public void endInput() throws Exception {
    if (timing != null) {
      output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
      processWatermark(Watermark.MAX_WATERMARK);
    }
  }

  @Override
  public void close() throws Exception {
    if (ticks != null) {
      ticks.cancel(false);
    }
    super.close();
  }

  private boolean keepsTime(long now) {
    return timing != null && (anyEvent || now - started >= STARTING_UP_MILLIS);
  }

  private void tick(long now, Timing live) throws Exception {
    if (idle && keepsTime(now)) {
      output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
      processWatermark(new Watermark(now - live.outOfOrderness().toMillis() - 1));
    }
  }
}
