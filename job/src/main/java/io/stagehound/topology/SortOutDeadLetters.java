package io.stagehound.topology;

import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.Decoded;
import io.stagehound.event.SysmonEvent;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Counts what was read and parts events from dead letters. */
final class SortOutDeadLetters extends ProcessFunction<Decoded, SysmonEvent> {
  private static final long serialVersionUID = 1L;

  private final OutputTag<DeadLetter> deadLetters;
  private final LongCounter records = new LongCounter();
  private final LongCounter decodedEvents = new LongCounter();
  private final LongCounter notRelevant = new LongCounter();
  private final LongCounter deadLetterCount = new LongCounter();
  private final LongCounter bytes = new LongCounter();

  SortOutDeadLetters(OutputTag<DeadLetter> deadLetters) {
    this.deadLetters = deadLetters;
  }

  @Override
  public void open(OpenContext context) {
    getRuntimeContext().addAccumulator(JobCounters.RECORDS, records);
    getRuntimeContext().addAccumulator(JobCounters.DECODED, decodedEvents);
    getRuntimeContext().addAccumulator(JobCounters.NOT_RELEVANT, notRelevant);
    getRuntimeContext().addAccumulator(JobCounters.DEAD_LETTERS, deadLetterCount);
    getRuntimeContext().addAccumulator(JobCounters.BYTES, bytes);
  }

  @Override
  public void processElement(Decoded decoded, Context context, Collector<SysmonEvent> events) {
    records.add(decoded.records());
    notRelevant.add(decoded.notRelevant());
    bytes.add(decoded.bytes());
    if (decoded.event() != null) {
      decodedEvents.add(1);
      events.collect(decoded.event());
    } else if (decoded.deadLetter() != null) {
      deadLetterCount.add(1);
      context.output(deadLetters, decoded.deadLetter());
    }
  }
}
