package io.stagehound.topology;

import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.StepPattern;
import io.stagehound.receiver.Push;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hosts the {@link PatternMemories} of each share that hosts copy to. Gives out pattern steps as
 * {@link HostMemoryOperator} does.
 */
final class ShareMemoryOperator extends OrderedOperator<Push, PatternStep>
    implements OneInputStreamOperator<Push, PatternStep> {
  private static final long serialVersionUID = 1L;

  private final PatternMemories memories;

  /**
   * A memory for these patterns, whose steps have their share in common.
   *
   * @param timing as of {@link OrderedOperator}
   */
  ShareMemoryOperator(List<StepPattern> patterns, @Nullable Timing timing) {
    super(TypeInformation.of(Push.class), timing);
    this.memories = new PatternMemories(patterns, timing);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    memories.open(context, getKeyedStateBackend());
  }

  @Override
  public void processElement(StreamRecord<Push> record) throws Exception {
    await(record.getValue(), record.getTimestamp());
  }

  @Override
  long timeOf(Push push) {
    return push.time();
  }

  @Override
  Arrival arrivalOf(Push push) {
    return push.step().arrival();
  }

  @Override
  void enter(List<Push> pushes, long at) throws Exception {
    Set<String> seen = new HashSet<>();
    long next = Long.MAX_VALUE;
    for (Step step : pushes.stream().map(Push::step).sorted(Step.ORDER).toList()) {
      if (seen.add(step.identity())) {
        next = Math.min(next, memories.take(step, at, key(), this::emit));
      }
    }
    lookAgainAt(next);
  }

  @Override
  void lookAgain(long now) throws Exception {
    lookAgainAt(memories.lookAgain(now, key(), this::emit));
  }

  private void emit(PatternStep step) {
    output.collect(HostMemoryOperator.stepsOf(step.pattern()), new StreamRecord<>(step, step.at()));
  }
}
