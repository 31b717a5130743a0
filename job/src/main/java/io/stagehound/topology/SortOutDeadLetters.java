package io.stagehound.topology;

import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.Decoded;
import io.stagehound.event.SysmonEvent;
import io.stagehound.topology.JobCounters.JobCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Counts what was read and parts events from dead letters. */
final class SortOutDeadLetters extends ProcessFunction<Decoded, SysmonEvent> {
  private static final long serialVersionUID = 1L;

  private final OutputTag<DeadLetter> deadLetters;
  private final @Nullable Timing timing;

  // Set in open, before the first element.
  private transient JobCounter records;
  private transient JobCounter decodedEvents;
  private transient JobCounter notRelevant;
  private transient JobCounter deadLetterCount;
  private transient JobCounter bytes;
  private transient JobCounter late;
  private transient JobCounter clockAhead;

  /**
   * A function that gives dead letters this tag.
   *
   * @param timing by what events are late or ahead; null where all are in time
   */
  @SuppressWarnings("NullAway.Init")
  SortOutDeadLetters(OutputTag<DeadLetter> deadLetters, @Nullable Timing timing) {
    this.deadLetters = deadLetters;
    this.timing = timing;
  }

  @Override
  public void open(OpenContext context) {
    RuntimeContext runtime = getRuntimeContext();
    records = JobCounters.count(runtime, JobCounters.RECORDS);
    decodedEvents = JobCounters.count(runtime, JobCounters.DECODED);
    notRelevant = JobCounters.count(runtime, JobCounters.NOT_RELEVANT);
    deadLetterCount = JobCounters.count(runtime, JobCounters.DEAD_LETTERS);
    bytes = JobCounters.count(runtime, JobCounters.BYTES);
    late = JobCounters.count(runtime, JobCounters.LATE);
    clockAhead = JobCounters.count(runtime, JobCounters.CLOCK_AHEAD);
    // No tuning excepts anything yet.
    JobCounters.count(runtime, JobCounters.EXCEPTED);
  }

  @Override
  public void processElement(Decoded decoded, Context context, Collector<SysmonEvent> events) {
    records.add(decoded.records());
    notRelevant.add(decoded.notRelevant());
    bytes.add(decoded.bytes());
    if (decoded.event() != null) {
      decodedEvents.add(1);
      countArrival(decoded.event(), context);
      events.collect(decoded.event());
    } else if (decoded.deadLetter() != null) {
      deadLetterCount.add(1);
      context.output(deadLetters, decoded.deadLetter());
    }
  }

  private void countArrival(SysmonEvent event, Context context) {
    if (timing == null) {
      return;
    }
    switch (timing.arrival(event.time(), context.timestamp(), context.timerService())) {
      case ON_TIME -> {
        // As almost all are.
      }
      case LATE -> late.add(1);
      case CLOCK_AHEAD -> clockAhead.add(1);
    }
  }
}
