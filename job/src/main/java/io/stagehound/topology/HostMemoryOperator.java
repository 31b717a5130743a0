package io.stagehound.topology;

import io.stagehound.host.HostMemory;
import io.stagehound.host.HostStep;
import io.stagehound.host.Retention;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hosts the {@link HostMemory} of each host: puts the host's steps in order, each step once, and
 * gives what comes out of the memory its timestamp.
 *
 * <p>It is an operator and not a function for that timestamp's sake. In BATCH mode steps come
 * sorted by time but event-time timers fire only when a host is through; so steps of one time are
 * passed on when the next time comes, instead of keeping all that a host ever did, and must not
 * take on that next time.
 *
 * <p>In a live hunt a step waits until event time has come so far that no earlier one is to be
 * expected, and so enters the memory at its own time. A late step enters in the next batch of late
 * steps, which are put in order among themselves, and so does not depend on when exactly it came. A
 * step from the future enters as if it had happened when it came: its host waits for nothing.
 */
final class HostMemoryOperator extends AbstractStreamOperator<HostStep>
    implements OneInputStreamOperator<Step, HostStep>, Triggerable<String, Long> {
  private static final long serialVersionUID = 1L;

  /** How many steps of one host may wait; then the earlier half enters, in order. */
  static final int MOST_WAITING = 10_000;

  private static final long END_OF_HOST = Long.MAX_VALUE;

  /** The namespace of timers that forget; those of steps have the time at which steps enter. */
  private static final long FORGET = Long.MIN_VALUE;

  private final Retention retention;
  private final @Nullable Timing timing;
  private final ListStateDescriptor<Step> waitingSteps =
      new ListStateDescriptor<>("waiting-steps", TypeInformation.of(Step.class));

  // Set in initializeState and open, before the first element.
  private transient ValueState<Long> waitingTime;
  private transient MapState<Long, Integer> waitingCounts;
  private transient ValueState<Integer> waitingCount;
  private transient ValueState<HostMemory> memory;
  // One service for both kinds of timer, since only so they fire in the order of their times: event
  // time may leap from a step to long after what the step needs is to be forgotten.
  private transient InternalTimerService<Long> timers;
  private transient long openMatches;

  /**
   * A host memory for patterns with this window.
   *
   * @param timing how steps come in a live hunt; null when the steps of a host come by time, as in
   *     BATCH mode
   */
  @SuppressWarnings("NullAway.Init")
  HostMemoryOperator(Duration window, @Nullable Timing timing) {
    this.retention =
        timing == null ? Retention.ofSorted(window) : Retention.of(window, timing.lateness());
    this.timing = timing;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    ValueStateDescriptor<HostMemory> stored =
        new ValueStateDescriptor<>("memory", TypeInformation.of(HostMemory.class));
    memory = context.getKeyedStateStore().getState(stored);
    waitingTime =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("waiting-time", Types.LONG));
    waitingCounts =
        context
            .getKeyedStateStore()
            .getMapState(new MapStateDescriptor<>("waiting-counts", Types.LONG, Types.INT));
    waitingCount =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("waiting-count", Types.INT));
    if (context.isRestored()) {
      getKeyedStateBackend()
          .applyToAllKeys(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              stored,
              (host, state) -> openMatches += openMatches(state.value()));
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("timers", LongSerializer.INSTANCE, this);
    MetricGroup metrics = JobCounters.group(getRuntimeContext());
    metrics.gauge(JobCounters.OPEN_MATCHES, (Gauge<Long>) this::openMatches);
    metrics.gauge(JobCounters.WATERMARK_LAG, (Gauge<Long>) this::watermarkLag);
  }

  /** -1 as long as event time has not begun. */
  private long watermarkLag() {
    long watermark = timers.currentWatermark();
    return watermark == Long.MIN_VALUE
        ? -1
        : getProcessingTimeService().getCurrentProcessingTime() - watermark;
  }

  @Override
  public void processElement(StreamRecord<Step> record) throws Exception {
    Step step = record.getValue();
    if (timing == null) {
      waitInOrder(step);
    } else {
      waitUntilDue(step, enteringOf(record, timing));
    }
  }

  /** Of sorted input, steps of one time at the most are waiting. */
  private void waitInOrder(Step step) throws Exception {
    Long time = waitingTime.value();
    if (time != null && time < step.time()) {
      take(time);
    }
    waitingTime.update(step.time());
    waiting(step.time()).add(step);
    timers.registerEventTimeTimer(END_OF_HOST, END_OF_HOST);
  }

  private void waitUntilDue(Step step, long at) throws Exception {
    waiting(at).add(step);
    waitingCounts.put(at, Objects.requireNonNullElse(waitingCounts.get(at), 0) + 1);
    int count = Objects.requireNonNullElse(waitingCount.value(), 0) + 1;
    waitingCount.update(count);
    timers.registerEventTimeTimer(at, at);
    if (count > MOST_WAITING) {
      takeEarlierHalf();
    }
  }

  private void takeEarlierHalf() throws Exception {
    List<Long> times = new ArrayList<>();
    waitingCounts.keys().forEach(times::add);
    times.sort(null);
    for (Long time : times) {
      if (Objects.requireNonNullElse(waitingCount.value(), 0) <= MOST_WAITING / 2) {
        return;
      }
      take(time);
    }
  }

  private long enteringOf(StreamRecord<Step> record, Timing live) {
    Step step = record.getValue();
    long watermark = timers.currentWatermark();
    if (step.time() <= watermark) {
      long batch = Math.max(1, live.outOfOrderness().toMillis());
      return (Math.floorDiv(watermark, batch) + 1) * batch;
    }
    if (step.arrival() == Arrival.CLOCK_AHEAD) {
      long now = getProcessingTimeService().getCurrentProcessingTime();
      return Math.max(watermark + 1, Math.min(now, record.getTimestamp()));
    }
    return step.time();
  }

  private ListState<Step> waiting(long at) throws Exception {
    return getPartitionedState(at, LongSerializer.INSTANCE, waitingSteps);
  }

  @Override
  public void onEventTime(InternalTimer<String, Long> timer) throws Exception {
    if (timer.getNamespace() == FORGET) {
      forget(timer.getTimestamp());
    } else if (timing != null) {
      take(timer.getNamespace());
    } else {
      Long time = waitingTime.value();
      if (time != null) {
        take(time);
      }
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, Long> timer) {
    throw new IllegalStateException("no processing-time timer is ever registered");
  }

  /** Takes in the steps that enter at this time. */
  private void take(long at) throws Exception {
    Iterable<Step> stored = waiting(at).get();
    if (stored == null) {
      // Its steps had to enter before their time.
      return;
    }
    List<Step> steps = new ArrayList<>();
    stored.forEach(steps::add);
    waiting(at).clear();
    waitingTime.clear();
    waitingCounts.remove(at);
    Integer waiting = waitingCount.value();
    if (waiting != null && waiting > steps.size()) {
      waitingCount.update(waiting - steps.size());
    } else {
      waitingCount.clear();
    }
    enter(steps, at);
  }

  /** Takes in steps in order; a step that was recorded twice is one step. */
  private void enter(List<Step> steps, long at) throws Exception {
    HostMemory before = memory.value();
    HostMemory after = before == null ? HostMemory.empty() : before;
    Set<String> seen = new HashSet<>();
    for (Step step : steps.stream().sorted(Step.ORDER).toList()) {
      if (seen.add(step.identity())) {
        after = after.take(step, at, (String) getCurrentKey(), retention, this::emit);
      }
    }
    store(before, after);
    if (before == null) {
      expireLater(after);
    }
  }

  private void emit(HostStep hostStep) {
    output.collect(new StreamRecord<>(hostStep, hostStep.at()));
  }

  private void store(@Nullable HostMemory before, HostMemory after) throws Exception {
    openMatches += openMatches(after) - openMatches(before);
    if (after.isEmpty()) {
      memory.clear();
    } else {
      memory.update(after);
    }
  }

  /** How many archives of all hosts CEP holds. */
  long openMatches() {
    return openMatches;
  }

  private static long openMatches(@Nullable HostMemory memory) {
    return memory == null ? 0 : memory.passed().size();
  }

  /** One timer a host, however much it remembers. Of sorted input the state ends with the host. */
  private void expireLater(HostMemory current) {
    if (timing != null && !current.isEmpty()) {
      timers.registerEventTimeTimer(FORGET, current.nextForgetting(retention));
    }
  }

  /** Forgets what no pattern can need any more. */
  private void forget(long now) throws Exception {
    HostMemory before = memory.value();
    if (before != null) {
      HostMemory after = before.at(now, retention);
      store(before, after);
      expireLater(after);
    }
  }
}
