package io.stagehound.topology;

import io.stagehound.host.HostMemory;
import io.stagehound.host.HostStep;
import io.stagehound.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Hosts the {@link HostMemory} of each host: puts the host's steps in order, each step once, and
 * gives what comes out of the memory its timestamp.
 *
 * <p>It is an operator and not a function for that timestamp's sake. In BATCH mode steps come
 * sorted by time but event-time timers fire only when a host is through; so steps of one time are
 * passed on when the next time comes, instead of keeping all that a host ever did, and must not
 * take on that next time.
 */
final class HostMemoryOperator extends AbstractStreamOperator<HostStep>
    implements OneInputStreamOperator<Step, HostStep>, Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  private static final long END_OF_HOST = Long.MAX_VALUE;

  private final long window;
  private final boolean sortedInput;

  // Set in initializeState and open, before the first element.
  private transient MapState<Long, List<Step>> waiting;
  private transient ValueState<HostMemory> memory;
  private transient InternalTimerService<VoidNamespace> dueSteps;
  private transient InternalTimerService<VoidNamespace> expiry;

  /**
   * A host memory for patterns with this window.
   *
   * @param sortedInput whether the steps of a host come by time, as in BATCH mode
   */
  @SuppressWarnings("NullAway.Init")
  HostMemoryOperator(Duration window, boolean sortedInput) {
    this.window = window.toMillis();
    this.sortedInput = sortedInput;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    waiting =
        context
            .getKeyedStateStore()
            .getMapState(
                new MapStateDescriptor<>(
                    "waiting-steps", Types.LONG, Types.LIST(TypeInformation.of(Step.class))));
    memory =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("memory", TypeInformation.of(HostMemory.class)));
  }

  @Override
  public void open() throws Exception {
    super.open();
    dueSteps = getInternalTimerService("due-steps", VoidNamespaceSerializer.INSTANCE, this);
    expiry = getInternalTimerService("expiry", VoidNamespaceSerializer.INSTANCE, new Expiry());
  }

  @Override
  public void processElement(StreamRecord<Step> record) throws Exception {
    Step step = record.getValue();
    if (sortedInput) {
      takeAllBefore(step.time());
    }
    List<Step> sameTime = waiting.get(step.time());
    List<Step> steps = sameTime == null ? new ArrayList<>() : new ArrayList<>(sameTime);
    steps.add(step);
    waiting.put(step.time(), steps);
    dueSteps.registerEventTimeTimer(
        VoidNamespace.INSTANCE, sortedInput ? END_OF_HOST : step.time());
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> due) throws Exception {
    if (sortedInput) {
      takeAllBefore(END_OF_HOST);
    } else {
      take(due.getTimestamp());
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no processing-time timer is ever registered");
  }

  /** Of sorted input, steps of one time at the most are waiting. */
  private void takeAllBefore(long time) throws Exception {
    List<Long> times = new ArrayList<>();
    for (Long waitingTime : waiting.keys()) {
      if (waitingTime < time) {
        times.add(waitingTime);
      }
    }
    for (Long waitingTime : times) {
      take(waitingTime);
    }
  }

  /** Takes the steps of one time in order; a step that was recorded twice is one step. */
  private void take(long time) throws Exception {
    List<Step> sameTime = waiting.get(time);
    if (sameTime == null) {
      return;
    }
    waiting.remove(time);
    HostMemory before = memory.value();
    HostMemory after = before == null ? HostMemory.empty() : before;
    Set<String> seen = new HashSet<>();
    for (Step step : sameTime.stream().sorted(Step.ORDER).toList()) {
      if (seen.add(step.identity())) {
        after = after.take(step, (String) getCurrentKey(), window, this::emit);
      }
    }
    store(after);
    if (before == null) {
      expireLater(after);
    }
  }

  private void emit(HostStep hostStep) {
    output.collect(new StreamRecord<>(hostStep, hostStep.at()));
  }

  private void store(HostMemory current) throws Exception {
    if (current.isEmpty()) {
      memory.clear();
    } else {
      memory.update(current);
    }
  }

  /** One timer a host, however much it remembers. Of sorted input the state ends with the host. */
  private void expireLater(HostMemory current) {
    if (!sortedInput && !current.isEmpty()) {
      expiry.registerEventTimeTimer(VoidNamespace.INSTANCE, current.latest() + window + 1);
    }
  }

  /** Forgets what no pattern can need any more. */
  private final class Expiry implements Triggerable<String, VoidNamespace> {

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
      HostMemory before = memory.value();
      if (before != null) {
        HostMemory after = before.forgetBefore(timer.getTimestamp() - window);
        store(after);
        expireLater(after);
      }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
      throw new IllegalStateException("no processing-time timer is ever registered");
    }
  }
}
