package io.stagehound.topology;

import io.stagehound.alert.Alert;
import io.stagehound.alert.AlertState;
import io.stagehound.alert.Development;
import io.stagehound.alert.Incidents;
import io.stagehound.alert.Publication;
import io.stagehound.pattern.Match;
import io.stagehound.pattern.Retention;
import io.stagehound.pattern.StepPattern;
import io.stagehound.topology.JobCounters.JobCounter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hosts the {@link Incidents} of each pattern and key. */
final class FoldIncidents extends KeyedProcessFunction<String, Development, Alert> {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(FoldIncidents.class);

  private final Map<String, Retention> retentions;
  private final Publication publication;

  // Set in open, before the first element.
  private transient ValueState<Incidents> incidents;
  private transient Map<String, JobCounter> counts;

  /**
   * A function for these patterns.
   *
   * @param lateness how late a match may be and still belong to an incident
   */
  @SuppressWarnings("NullAway.Init")
  FoldIncidents(
      Collection<? extends StepPattern> patterns, Duration lateness, Publication publication) {
    this.retentions = new HashMap<>();
    for (StepPattern pattern : patterns) {
      retentions.put(pattern.id(), Retention.of(pattern.window(), lateness));
    }
    this.publication = publication;
  }

  @Override
  public void open(OpenContext context) {
    incidents =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("incidents", TypeInformation.of(Incidents.class)));
    counts = new HashMap<>();
    for (String pattern : retentions.keySet()) {
      counts.put(pattern, JobCounters.countAlerts(getRuntimeContext(), pattern));
    }
  }

  /** Developments are keyed by this. */
  static String key(Development development) {
    return development.pattern() + "\n" + development.key();
  }

  @Override
  public void processElement(Development development, Context context, Collector<Alert> alerts)
      throws Exception {
    Retention retention = Objects.requireNonNull(retentions.get(development.pattern()));
    TimerService clocks = context.timerService();
    long now = clocks.currentProcessingTime();
    Incidents before = current();
    Incidents after = before;
    Match match = development.match();
    if (match != null) {
      if (before.isNew(match, retention)) {
        Objects.requireNonNull(counts.get(match.pattern())).add(1);
      }
      after = before.take(match, now, retention, publication, alert -> write(alert, alerts));
    } else if (development.corroboration() != null) {
      after =
          before.take(
              development.corroboration(),
              context.timestamp(),
              now,
              publication,
              alert -> write(alert, alerts));
    }
    // A match that only puts the close off needs no timer: the one there is will look again.
    boolean sooner = after.nextChange(retention) < before.nextChange(retention);
    store(after, sooner ? after.nextChange(retention) : Long.MAX_VALUE, clocks);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Alert> alerts) throws Exception {
    String pattern = context.getCurrentKey().substring(0, context.getCurrentKey().indexOf('\n'));
    Retention retention = retentions.get(pattern);
    if (retention == null) {
      // The state is of a pattern that this job was started without.
      incidents.clear();
      return;
    }
    TimerService clocks = context.timerService();
    long now = clocks.currentProcessingTime();
    // In BATCH mode no timer can be set once a host is through, so this one must look at the end.
    long eventTime = Math.max(time, clocks.currentWatermark());
    Incidents after =
        context.timeDomain() == TimeDomain.EVENT_TIME
            ? current().at(eventTime, now, retention, publication, alert -> write(alert, alerts))
            : current().write(now, publication, alert -> write(alert, alerts));
    store(after, after.nextChange(retention), clocks);
  }

  private Incidents current() throws Exception {
    Incidents stored = incidents.value();
    return stored == null ? Incidents.none() : stored;
  }

  private void store(Incidents current, long nextChange, TimerService clocks) throws Exception {
    if (current.isEmpty()) {
      incidents.clear();
      return;
    }
    incidents.update(current);
    if (nextChange != Long.MAX_VALUE) {
      clocks.registerEventTimeTimer(nextChange);
    }
    long nextWrite = current.nextWrite(publication);
    if (nextWrite != Long.MAX_VALUE) {
      clocks.registerProcessingTimeTimer(nextWrite);
    }
  }

  private static void write(Alert alert, Collector<Alert> alerts) {
    if (alert.state() == AlertState.OPEN) {
      LOG.info(
          "Alert {} opened: {}, severity {}",
          alert.alertId(),
          alert.pattern(),
          alert.severity().published());
    }
    alerts.collect(alert);
  }
}
