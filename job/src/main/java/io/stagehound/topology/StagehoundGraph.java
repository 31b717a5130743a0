package io.stagehound.topology;

import io.stagehound.alert.Alert;
import io.stagehound.alert.Publication;
import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.Decoded;
import io.stagehound.event.SysmonEvent;
import io.stagehound.host.HostStep;
import io.stagehound.pattern.HostPattern;
import io.stagehound.pattern.Match;
import io.stagehound.score.Detection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cep.CEP;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The whole graph, for a live hunt and for a backfill: only their {@link Ends} differ. */
public final class StagehoundGraph {

  /** The shortest time between two revisions of one alert of a live hunt. */
  private static final Duration REVISION_INTERVAL = Duration.ofMinutes(1);

  private static final TypeInformation<Decoded> DECODED = TypeInformation.of(Decoded.class);

  private static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private StagehoundGraph() {}

  /**
   * Puts the graph into {@code env}, whose runtime mode must be set: BATCH for bounded telemetry,
   * where steps come by time and each alert is written once. The uids name state in savepoints:
   * they never change.
   *
   * @param patterns what to look for, at least one
   * @param timing how to deal with time that is not sorted; not used in BATCH mode
   */
  public static void build(
      StreamExecutionEnvironment env,
      Ends ends,
      List<? extends HostPattern> patterns,
      Timing timing) {
    env.configure(strict());
    @Nullable Timing live =
        env.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH
            ? null
            : timing;

    SingleOutputStreamOperator<SysmonEvent> events =
        env.fromSource(ends.telemetry(), ends.watermarks(), "telemetry", DECODED)
            .uid("telemetry")
            .transform("event time", DECODED, new EventTimeProgress(live))
            .uid("event-time")
            .process(new SortOutDeadLetters(DEAD_LETTERS, live))
            .name("decoded events")
            .uid("decoded-events");
    events
        .getSideOutput(DEAD_LETTERS)
        .sinkTo(ends.deadLetters())
        .name("dead letters")
        .uid("dead-letters");

    SingleOutputStreamOperator<Detection> detections =
        events.process(new ScoreEvents()).name("score").uid("score");
    detections.sinkTo(ends.detections()).name("detections").uid("detections");

    KeyedStream<HostStep, String> hostSteps =
        detections
            .process(new PickSteps(live))
            .name("steps")
            .uid("steps")
            .keyBy(step -> step.detection().event().hostKey())
            .transform(
                "host memory",
                TypeInformation.of(HostStep.class),
                new HostMemoryOperator(longestWindow(patterns), live))
            .uid("host-memory")
            .keyBy(HostStep::host);

    SingleOutputStreamOperator<Alert> alerts =
        patterns.stream()
            .map(pattern -> matches(pattern, hostSteps))
            .reduce(DataStream::union)
            .orElseThrow()
            .keyBy(FoldIncidents::key)
            .process(
                live == null
                    ? new FoldIncidents(patterns, Duration.ZERO, Publication.ofLastState())
                    : new FoldIncidents(
                        patterns, live.lateness(), Publication.ofChanges(REVISION_INTERVAL)))
            .name("incidents")
            .uid("incidents");
    alerts.sinkTo(ends.alerts()).name("alerts").uid("alerts");
  }

  /** The id of the pattern is its uid. */
  private static DataStream<Match> matches(
      HostPattern pattern, KeyedStream<HostStep, String> hostSteps) {
    return CEP.pattern(hostSteps, pattern.pattern(), (a, b) -> HostStep.ORDER.compare(a, b))
        .inEventTime()
        .process(new MatchOnce(pattern))
        .name(pattern.id())
        .uid(pattern.id());
  }

  private static Duration longestWindow(List<? extends HostPattern> patterns) {
    return patterns.stream().map(HostPattern::window).max(Comparator.naturalOrder()).orElseThrow();
  }

  /**
   * A type that would fall back to Kryo, or an operator without a uid, fails here and not later.
   */
  private static Configuration strict() {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    strict.set(PipelineOptions.OBJECT_REUSE, true);
    return strict;
  }
}
