package io.stagehound.file;

import io.stagehound.decode.DeadLetter;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.jspecify.annotations.Nullable;

/**
 * Counts dead letters by kind, a bounded number of them. Flink copies it now and then while it
 * counts.
 */
final class DeadLetterKinds
    implements Accumulator<DeadLetter, ConcurrentHashMap<String, DeadLetterKind>> {
  private static final long serialVersionUID = 1L;

  /** The name of the accumulator. */
  static final String NAME = "dead_letter_kinds";

  private static final int MOST_KINDS = 64;

  private final ConcurrentHashMap<String, DeadLetterKind> kinds = new ConcurrentHashMap<>();

  /** The kinds in such an accumulator's result, most frequent first; none when there is none. */
  static List<DeadLetterKind> sorted(@Nullable Object result) {
    return result instanceof ConcurrentHashMap<?, ?> kinds
        ? kinds.values().stream()
            .map(DeadLetterKind.class::cast)
            .sorted(DeadLetterKind.ORDER)
            .toList()
        : List.of();
  }

  @Override
  public void add(DeadLetter deadLetter) {
    add(DeadLetterKind.of(deadLetter));
  }

  private void add(DeadLetterKind more) {
    boolean room = kinds.size() < MOST_KINDS || kinds.containsKey(more.kind());
    DeadLetterKind counted = room ? more : more.amongOthers();
    kinds.merge(counted.kind(), counted, DeadLetterKind::plus);
  }

  @Override
  public ConcurrentHashMap<String, DeadLetterKind> getLocalValue() {
    return kinds;
  }

  @Override
  public void resetLocal() {
    kinds.clear();
  }

  @Override
  public void merge(Accumulator<DeadLetter, ConcurrentHashMap<String, DeadLetterKind>> other) {
    other.getLocalValue().values().forEach(this::add);
  }

  @Override
  public DeadLetterKinds clone() {
    DeadLetterKinds clone = new DeadLetterKinds();
    clone.kinds.putAll(kinds);
    return clone;
  }
}
