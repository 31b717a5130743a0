package io.stagehound.topology;

import io.stagehound.score.DetectionType;
import io.stagehound.step.StepName;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The counts that the job keeps, each under one name twice: as an accumulator, which the summary of
 * a hunt and its progress are made of, and as a metric in the group {@value #GROUP} of its
 * operator, which a live hunt is watched by.
 */
public final class JobCounters {

  /** The metric group of everything that the job measures itself. */
  public static final String GROUP = "stagehound";

  /** Records read, of every kind. */
  public static final String RECORDS = "records";

  /** Records decoded into events. */
  public static final String DECODED = "decoded";

  /** Readable records of kinds that Stagehound does not use. */
  public static final String NOT_RELEVANT = "not_relevant";

  /** Records that could not be used. */
  public static final String DEAD_LETTERS = "dead_letters";

  /** Bytes read, as stored. */
  public static final String BYTES = "bytes";

  /** Events that came after event time had passed them. */
  public static final String LATE = "late";

  /** Events that came from the future. */
  public static final String CLOCK_AHEAD = "clock_ahead";

  /** Detections, steps and alerts that an exception set aside. */
  public static final String EXCEPTED = "excepted";

  /** Archives that CEP holds, each a match that a copy would complete; a gauge. */
  public static final String OPEN_MATCHES = "open_matches";

  /** How far event time is behind the clock on the wall, in milliseconds; a gauge. */
  public static final String WATERMARK_LAG = "watermark_lag_ms";

  private static final String DETECTIONS = "detections";
  private static final String STEPS = "steps";
  private static final String ALERTS = "alerts";

  private JobCounters() {}

  /** The accumulator of detections of this type. */
  public static String detections(DetectionType type) {
    return DETECTIONS + "." + type.published();
  }

  /** The accumulator of alerts of the pattern with this id. */
  public static String alerts(String pattern) {
    return ALERTS + "." + pattern;
  }

  static JobCounter count(RuntimeContext context, String name) {
    return new JobCounter(context, name, group(context).counter(name));
  }

  static JobCounter countDetections(RuntimeContext context, DetectionType type) {
    MetricGroup labelled = group(context).addGroup("detection_type", type.published());
    return new JobCounter(context, detections(type), labelled.counter(DETECTIONS));
  }

  static JobCounter countSteps(RuntimeContext context, StepName name) {
    MetricGroup labelled = group(context).addGroup("step", name.published());
    return new JobCounter(context, STEPS + "." + name.published(), labelled.counter(STEPS));
  }

  static JobCounter countAlerts(RuntimeContext context, String pattern) {
    MetricGroup labelled = group(context).addGroup("pattern", pattern);
    return new JobCounter(context, alerts(pattern), labelled.counter(ALERTS));
  }

  static MetricGroup group(RuntimeContext context) {
    return context.getMetricGroup().addGroup(GROUP);
  }

  /** One count of one operator. */
  static final class JobCounter {
    private final LongCounter accumulator = new LongCounter();
    private final Counter metric;

    private JobCounter(RuntimeContext context, String name, Counter metric) {
      this.metric = metric;
      context.addAccumulator(name, accumulator);
    }

    void add(long more) {
      accumulator.add(more);
      metric.inc(more);
    }
  }
}
