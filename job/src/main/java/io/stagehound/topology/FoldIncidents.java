package io.stagehound.topology;

import io.stagehound.alert.Alert;
import io.stagehound.alert.AlertState;
import io.stagehound.alert.Incident;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.Match;
import java.time.Duration;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Folds the matches of one pattern on one host into an {@link Incident} for each run of activity,
 * and writes its alert when the run is over.
 */
final class FoldIncidents extends KeyedProcessFunction<String, Match, Alert> {
  private static final long serialVersionUID = 1L;

  private final long window;
  private final LongCounter alertCount = new LongCounter();

  // Set in open, before the first element.
  private transient ValueState<Incident> incident;

  @SuppressWarnings("NullAway.Init")
  FoldIncidents(Duration window) {
    this.window = window.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    incident =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("incident", TypeInformation.of(Incident.class)));
    getRuntimeContext().addAccumulator(JobCounters.alerts(ArchiveThenUncCopy.ID), alertCount);
  }

  @Override
  public void processElement(Match match, Context context, Collector<Alert> alerts)
      throws Exception {
    Incident current = incident.value();
    if (current != null && !current.goesOnAt(match.time(), window)) {
      close(current, alerts);
      current = null;
    }
    incident.update(current == null ? Incident.open(match) : current.plus(match));
    context.timerService().registerEventTimeTimer(match.time() + window + 1);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Alert> alerts) throws Exception {
    Incident current = incident.value();
    if (current != null && !current.goesOnAt(time, window)) {
      close(current, alerts);
    }
  }

  private void close(Incident current, Collector<Alert> alerts) throws Exception {
    alertCount.add(1);
    alerts.collect(current.alert(AlertState.CLOSED));
    incident.clear();
  }
}
