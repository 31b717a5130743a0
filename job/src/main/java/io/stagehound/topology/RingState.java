package io.stagehound.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * Values by name, for the key that an operator is at, in bounded space and at the same cost however
 * many there are: of more than fit, the one that was put first goes.
 *
 * @param <V> what they are
 */
final class RingState<V> {

  private final int most;
  private final MapState<String, V> values;
  private final MapState<Integer, String> names;
  private final ValueState<Integer> next;

  RingState(String name, int most, TypeInformation<V> type, KeyedStateStore store) {
    this.most = most;
    values = store.getMapState(new MapStateDescriptor<>(name, Types.STRING, type));
    names = store.getMapState(new MapStateDescriptor<>(name + "-names", Types.INT, Types.STRING));
    next = store.getState(new ValueStateDescriptor<>(name + "-next", Types.INT));
  }

  @Nullable V get(String name) throws Exception {
    return values.get(name);
  }

  void put(String name, V value) throws Exception {
    if (!values.contains(name)) {
      int place = Objects.requireNonNullElse(next.value(), 0);
      String gone = names.get(place);
      if (gone != null) {
        values.remove(gone);
      }
      names.put(place, name);
      next.update((place + 1) % most);
    }
    values.put(name, value);
  }

  /** Removes values; whether any is left. */
  boolean removeIf(Predicate<V> gone) throws Exception {
    List<String> kept = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (Map.Entry<String, V> entry : values.entries()) {
      (gone.test(entry.getValue()) ? removed : kept).add(entry.getKey());
    }
    if (!removed.isEmpty()) {
      // The order among those that are left is lost, and is that of their names from now on.
      kept.sort(null);
      names.clear();
      for (int place = 0; place < kept.size(); place++) {
        names.put(place, kept.get(place));
      }
      if (kept.isEmpty()) {
        next.clear();
      } else {
        next.update(kept.size() % most);
      }
      for (String name : removed) {
        values.remove(name);
      }
    }
    return !kept.isEmpty();
  }
}
