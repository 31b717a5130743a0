package io.stagehound.topology;

import io.stagehound.receiver.Corroboration;
import io.stagehound.receiver.ServerEvent;
import io.stagehound.receiver.ServerMemory;
import io.stagehound.step.Arrival;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Hosts the {@link ServerMemory} of each server that hosts copy to. */
final class ServerMemoryOperator extends OrderedOperator<ServerEvent, Corroboration>
    implements OneInputStreamOperator<ServerEvent, Corroboration> {
  private static final long serialVersionUID = 1L;

  /** A push before what is seen of it. */
  private static final Comparator<ServerEvent> ORDER =
      Comparator.comparingLong(ServerEvent::time)
          .thenComparing(event -> event.push() == null)
          .thenComparing(ServerEvent::toString);

  // Set in initializeState, before the first element.
  private transient ValueState<ServerMemory> memory;

  /**
   * A memory of servers.
   *
   * @param timing as of {@link OrderedOperator}
   */
  @SuppressWarnings("NullAway.Init")
  ServerMemoryOperator(@Nullable Timing timing) {
    super(TypeInformation.of(ServerEvent.class), timing);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    memory =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("memory", TypeInformation.of(ServerMemory.class)));
  }

  @Override
  public void processElement(StreamRecord<ServerEvent> record) throws Exception {
    await(record.getValue(), record.getTimestamp());
  }

  @Override
  long timeOf(ServerEvent event) {
    return event.time();
  }

  @Override
  Arrival arrivalOf(ServerEvent event) {
    return event.arrival();
  }

  @Override
  void enter(List<ServerEvent> events, long at) throws Exception {
    ServerMemory before = current();
    ServerMemory after = before;
    for (ServerEvent event : events.stream().sorted(ORDER).toList()) {
      if (event.push() != null) {
        after = after.take(event.push(), at, lateness(), found -> emit(found, at));
      } else if (event.sighting() != null) {
        after = after.take(event.sighting(), at, lateness(), found -> emit(found, at));
      }
    }
    store(after);
    // What is forgotten later needs no timer: the one there is will look again.
    long change = after.nextChange(lateness());
    lookAgainAt(change < before.nextChange(lateness()) ? change : Long.MAX_VALUE);
  }

  private void emit(Corroboration corroboration, long at) {
    output.collect(new StreamRecord<>(corroboration, at));
  }

  @Override
  void lookAgain(long now) throws Exception {
    ServerMemory after = current().at(now, lateness());
    store(after);
    lookAgainAt(after.nextChange(lateness()));
  }

  private ServerMemory current() throws Exception {
    return Objects.requireNonNullElse(memory.value(), ServerMemory.empty());
  }

  private void store(ServerMemory after) throws Exception {
    if (after.isEmpty()) {
      memory.clear();
    } else {
      memory.update(after);
    }
  }
}
