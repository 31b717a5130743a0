package io.stagehound.topology;

import io.stagehound.pattern.PatternMemory;
import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.Retention;
import io.stagehound.pattern.StepPattern;
import io.stagehound.step.Step;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/** The {@link PatternMemory} of each pattern, for the key that an operator is at. */
final class PatternMemories implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<StepPattern> patterns;
  private final Map<String, Retention> retentions = new HashMap<>();

  // Set in open, before the first element.
  private transient MapState<String, PatternMemory> memories;
  private transient long openMatches;

  @SuppressWarnings("NullAway.Init")
  PatternMemories(List<StepPattern> patterns, @Nullable Timing timing) {
    this.patterns = patterns;
    for (StepPattern pattern : patterns) {
      retentions.put(pattern.id(), Retention.of(pattern.window(), Timing.latenessOf(timing)));
    }
  }

  void open(StateInitializationContext context, KeyedStateBackend<Object> backend)
      throws Exception {
    MapStateDescriptor<String, PatternMemory> stored =
        new MapStateDescriptor<>("memories", Types.STRING, TypeInformation.of(PatternMemory.class));
    memories = context.getKeyedStateStore().getMapState(stored);
    if (context.isRestored()) {
      backend.applyToAllKeys(
          VoidNamespace.INSTANCE,
          VoidNamespaceSerializer.INSTANCE,
          stored,
          (key, state) ->
              state
                  .entries()
                  .forEach(
                      memory ->
                          openMatches +=
                              retentions.containsKey(memory.getKey())
                                  ? openMatches(memory.getValue())
                                  : 0));
    }
  }

  /**
   * Takes in a step.
   *
   * @return when to look again, in milliseconds since the epoch; {@code Long.MAX_VALUE} for not
   *     sooner than was said before
   */
  long take(Step step, long at, String key, Consumer<PatternStep> out) throws Exception {
    long next = Long.MAX_VALUE;
    for (StepPattern pattern : patterns) {
      if (pattern.opens(step) || pattern.completes(step)) {
        PatternMemory before = memory(pattern);
        Retention retention = retention(pattern);
        PatternMemory after = before.take(step, at, key, pattern, retention, out);
        store(pattern, before, after);
        long change = after.nextChange(retention);
        next = change < before.nextChange(retention) ? Math.min(next, change) : next;
      }
    }
    return next;
  }

  /** Does what is due at this time, and returns when to look again, as {@link #take}. */
  long lookAgain(long now, String key, Consumer<PatternStep> out) throws Exception {
    forgetOthers();
    long next = Long.MAX_VALUE;
    for (StepPattern pattern : patterns) {
      PatternMemory before = memory(pattern);
      if (!before.isEmpty()) {
        Retention retention = retention(pattern);
        PatternMemory after = before.at(now, key, pattern, retention, out);
        store(pattern, before, after);
        next = Math.min(next, after.nextChange(retention));
      }
    }
    return next;
  }

  /** Forgets the patterns that this job was started without. */
  private void forgetOthers() throws Exception {
    List<String> others = new ArrayList<>();
    for (String pattern : memories.keys()) {
      if (!retentions.containsKey(pattern)) {
        others.add(pattern);
      }
    }
    for (String pattern : others) {
      memories.remove(pattern);
    }
  }

  private PatternMemory memory(StepPattern pattern) throws Exception {
    PatternMemory stored = memories.get(pattern.id());
    return stored == null ? PatternMemory.empty() : stored;
  }

  private Retention retention(StepPattern pattern) {
    return Objects.requireNonNull(retentions.get(pattern.id()));
  }

  private void store(StepPattern pattern, PatternMemory before, PatternMemory after)
      throws Exception {
    openMatches += openMatches(after) - openMatches(before);
    if (after.isEmpty()) {
      memories.remove(pattern.id());
    } else {
      memories.put(pattern.id(), after);
    }
  }

  /** How many openings of all keys CEP holds. */
  long openMatches() {
    return openMatches;
  }

  private static long openMatches(PatternMemory memory) {
    return memory.passed().size();
  }
}
