package io.stagehound.topology;

import io.stagehound.event.ScriptBlockParts;
import io.stagehound.event.SysmonEvent;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins the {@link ScriptBlockParts} of each script into one event, once all of them are here. What
 * is incomplete after {@link #PATIENCE} is given out as it is. Until then what was given out is
 * remembered, so that records that come twice do not make it twice.
 */
final class JoinScriptBlocks extends KeyedProcessFunction<String, SysmonEvent, SysmonEvent> {
  private static final long serialVersionUID = 1L;

  /** How long after the first part to come the others are waited for, in event time. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  // Set in open, before the first element.
  private transient ValueState<ScriptBlockParts> parts;

  @SuppressWarnings("NullAway.Init")
  JoinScriptBlocks() {}

  @Override
  public void open(OpenContext context) {
    parts =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("parts", TypeInformation.of(ScriptBlockParts.class)));
  }

  /** Whether an event is to be joined with others; all others go their way past this function. */
  static boolean isPart(SysmonEvent event) {
    return ScriptBlockParts.isPart(event);
  }

  /** Parts are keyed by this. */
  static String key(SysmonEvent event) {
    return event.hostKey() + "\n" + event.scriptBlockId();
  }

  @Override
  public void processElement(SysmonEvent event, Context context, Collector<SysmonEvent> events)
      throws Exception {
    ScriptBlockParts before = parts.value();
    if (before == null) {
      parts.update(ScriptBlockParts.of(event));
      context.timerService().registerEventTimeTimer(deadline(event, context));
      return;
    }
    if (before.isComplete()) {
      return;
    }
    ScriptBlockParts after = before.plus(event);
    if (after.isComplete()) {
      events.collect(after.joined());
      after = after.withoutText();
    }
    parts.update(after);
  }

  /** A part that is late is not given out before the others had their time to come as late. */
  private static long deadline(SysmonEvent event, KeyedProcessFunction<?, ?, ?>.Context context) {
    Long timestamp = context.timestamp();
    long time = timestamp == null ? event.time() : timestamp;
    return Math.max(time, context.timerService().currentWatermark()) + PATIENCE.toMillis();
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<SysmonEvent> events)
      throws Exception {
    ScriptBlockParts left = parts.value();
    if (left != null && !left.isComplete()) {
      events.collect(left.joined());
    }
    parts.clear();
  }
}
