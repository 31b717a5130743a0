package io.stagehound.topology;

import io.stagehound.step.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.jspecify.annotations.Nullable;

/**
 * Puts the elements of a key in order before they enter its memory, which a subclass hosts.
 *
 * <p>It is an operator and not a function for the sake of timestamps. In BATCH mode elements come
 * sorted by timestamp but event-time timers fire only when a key is through; so elements are passed
 * on when later ones come, instead of keeping all that a key ever did, and what comes of them must
 * not take on the time of those.
 *
 * <p>In a live hunt an element waits until event time has come so far that no earlier one is to be
 * expected, and so enters at its own time. A late one enters in the next batch of late ones, which
 * are put in order among themselves, and so does not depend on when exactly it came. One from the
 * future enters as if it had happened when it came: its key waits for nothing.
 *
 * @param <E> what is put in order
 * @param <OUT> what comes out
 */
abstract class OrderedOperator<E, OUT> extends AbstractStreamOperator<OUT>
    implements Triggerable<String, Long> {
  private static final long serialVersionUID = 1L;

  /** How many elements of one key may wait; then the earlier half enters, in order. */
  static final int MOST_WAITING = 10_000;

  private static final long END_OF_KEY = Long.MAX_VALUE;

  /** Sorted elements wait for up to so long, so that many are looked through together. */
  private static final long SORTED_WAIT_MILLIS = 5_000;

  /**
   * The namespace of timers that look again; those of elements have the time at which they enter.
   */
  private static final long LOOK_AGAIN = Long.MIN_VALUE;

  private final @Nullable Timing timing;
  private final ListStateDescriptor<E> waitingElements;

  // Set in initializeState and open, before the first element.
  private transient ValueState<Long> waitingTime;
  private transient MapState<Long, Integer> waitingCounts;
  private transient ValueState<Integer> waitingCount;
  // One service for both kinds of timer, since only so they fire in the order of their times: event
  // time may leap from an element to long after what it needs is to be forgotten.
  private transient InternalTimerService<Long> timers;

  /**
   * An operator for elements of this type.
   *
   * @param timing how elements come in a live hunt; null when those of a key come by time, as in
   *     BATCH mode
   */
  @SuppressWarnings("NullAway.Init")
  OrderedOperator(TypeInformation<E> type, @Nullable Timing timing) {
    this.timing = timing;
    this.waitingElements = new ListStateDescriptor<>("waiting", type);
  }

  /** When an element happened, in milliseconds since the epoch, UTC. */
  abstract long timeOf(E element);

  /** How it came. */
  abstract Arrival arrivalOf(E element);

  /**
   * Takes in elements that enter at one time, in no order.
   *
   * @param at that time, in milliseconds since the epoch
   */
  abstract void enter(List<E> elements, long at) throws Exception;

  /** Does what is due at this time; at the end of a key, {@code Long.MAX_VALUE}. */
  abstract void lookAgain(long now) throws Exception;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
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
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("timers", LongSerializer.INSTANCE, this);
  }

  final long currentWatermark() {
    return timers.currentWatermark();
  }

  final long lateness() {
    return Timing.latenessOf(timing).toMillis();
  }

  final String key() {
    return (String) getCurrentKey();
  }

  /**
   * Lets an element enter when it is its turn.
   *
   * @param timestamp its timestamp in the stream, in milliseconds since the epoch
   */
  final void await(E element, long timestamp) throws Exception {
    if (timing == null) {
      Long earliest = waitingTime.value();
      if (earliest != null && earliest < timestamp - SORTED_WAIT_MILLIS) {
        takeBefore(timestamp);
      }
      // It may enter after its timestamp, but never before: those of earlier ones are all here.
      long at = Math.max(timeOf(element), timestamp);
      Long left = waitingTime.value();
      waitingTime.update(left == null ? at : Math.min(left, at));
      add(element, at);
      timers.registerEventTimeTimer(END_OF_KEY, END_OF_KEY);
    } else {
      long at = enteringOf(element, timestamp, timing);
      add(element, at);
      timers.registerEventTimeTimer(at, at);
    }
    if (Objects.requireNonNullElse(waitingCount.value(), 0) > MOST_WAITING) {
      takeEarlierHalf();
    }
  }

  private void add(E element, long at) throws Exception {
    waiting(at).add(element);
    waitingCounts.put(at, Objects.requireNonNullElse(waitingCounts.get(at), 0) + 1);
    waitingCount.update(Objects.requireNonNullElse(waitingCount.value(), 0) + 1);
  }

  private void takeBefore(long time) throws Exception {
    for (Long at : waitingTimes()) {
      if (at >= time) {
        waitingTime.update(at);
        return;
      }
      take(at);
    }
    waitingTime.clear();
  }

  private void takeEarlierHalf() throws Exception {
    for (Long at : waitingTimes()) {
      if (Objects.requireNonNullElse(waitingCount.value(), 0) <= MOST_WAITING / 2) {
        return;
      }
      take(at);
    }
  }

  private List<Long> waitingTimes() throws Exception {
    List<Long> times = new ArrayList<>();
    waitingCounts.keys().forEach(times::add);
    times.sort(null);
    return times;
  }

  private long enteringOf(E element, long timestamp, Timing live) {
    long watermark = timers.currentWatermark();
    if (timeOf(element) <= watermark) {
      if (timestamp > watermark) {
        return timestamp;
      }
      long batch = Math.max(1, live.outOfOrderness().toMillis());
      return (Math.floorDiv(watermark, batch) + 1) * batch;
    }
    if (arrivalOf(element) == Arrival.CLOCK_AHEAD) {
      long now = getProcessingTimeService().getCurrentProcessingTime();
      return Math.max(watermark + 1, Math.min(now, timestamp));
    }
    return timeOf(element);
  }

  private ListState<E> waiting(long at) throws Exception {
    return getPartitionedState(at, LongSerializer.INSTANCE, waitingElements);
  }

  @Override
  public void onEventTime(InternalTimer<String, Long> timer) throws Exception {
    if (timer.getNamespace() == LOOK_AGAIN) {
      lookAgain(timer.getTimestamp());
    } else if (timing != null) {
      take(timer.getNamespace());
    } else {
      takeBefore(END_OF_KEY);
      lookAgain(END_OF_KEY);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, Long> timer) {
    throw new IllegalStateException("no processing-time timer is ever registered");
  }

  /**
   * Has {@link #lookAgain} called at this time; {@code Long.MAX_VALUE} for never. Of sorted input
   * the state ends with its key.
   */
  final void lookAgainAt(long time) {
    if (timing != null && time != Long.MAX_VALUE) {
      timers.registerEventTimeTimer(LOOK_AGAIN, time);
    }
  }

  /** Takes in the elements that enter at this time. */
  private void take(long at) throws Exception {
    Iterable<E> stored = waiting(at).get();
    if (stored == null) {
      // They had to enter before their time.
      return;
    }
    List<E> elements = new ArrayList<>();
    stored.forEach(elements::add);
    waiting(at).clear();
    waitingCounts.remove(at);
    Integer waiting = waitingCount.value();
    if (waiting != null && waiting > elements.size()) {
      waitingCount.update(waiting - elements.size());
    } else {
      waitingCount.clear();
    }
    enter(elements, at);
  }
}
