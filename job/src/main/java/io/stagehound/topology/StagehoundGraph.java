package io.stagehound.topology;

import io.stagehound.alert.Alert;
import io.stagehound.alert.Development;
import io.stagehound.alert.Publication;
import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.Decoded;
import io.stagehound.event.SysmonEvent;
import io.stagehound.host.BulkRate;
import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.StepPattern;
import io.stagehound.pattern.StepPattern.Scope;
import io.stagehound.receiver.Corroboration;
import io.stagehound.receiver.Push;
import io.stagehound.receiver.ServerEvent;
import io.stagehound.score.Detection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.pattern.Pattern;
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

  private static final TypeInformation<PatternStep> PATTERN_STEP =
      TypeInformation.of(PatternStep.class);

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
      StreamExecutionEnvironment env, Ends ends, List<StepPattern> patterns, Timing timing) {
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
        events.process(new ScoreEvents(live)).name("score").uid("score");
    detections.sinkTo(ends.detections()).name("detections").uid("detections");
    SingleOutputStreamOperator<Detection> ofScripts =
        detections
            .getSideOutput(ScoreEvents.SCRIPT_PARTS)
            .keyBy(JoinScriptBlocks::key)
            .process(new JoinScriptBlocks())
            .name("script blocks")
            .uid("script-blocks")
            .process(new ScoreEvents(live))
            .name("score script blocks")
            .uid("score-script-blocks");

    SingleOutputStreamOperator<PatternStep> hosts =
        detections
            .getSideOutput(ScoreEvents.OBSERVATIONS)
            .union(ofScripts.getSideOutput(ScoreEvents.OBSERVATIONS))
            .keyBy(ObservationBytes::host)
            .transform(
                "host memory",
                PATTERN_STEP,
                new HostMemoryOperator(
                    of(Scope.HOST, patterns), longestWindow(patterns), BulkRate.DEFAULT, live))
            .uid("host-memory");
    // Few, and so one writer is enough: each one is one part more in a hunt's results.
    hosts
        .getSideOutput(HostMemoryOperator.DETECTIONS)
        .sinkTo(ends.laterDetections())
        .setParallelism(1)
        .name("later detections")
        .uid("later-detections");
    DataStream<Push> pushes = hosts.getSideOutput(HostMemoryOperator.PUSHES);
    SingleOutputStreamOperator<PatternStep> shares =
        pushes
            .keyBy(Push::shareKey)
            .transform(
                "share memory",
                PATTERN_STEP,
                new ShareMemoryOperator(of(Scope.SHARE, patterns), live))
            .uid("share-memory");
    DataStream<Development> corroborations =
        pushes
            .map(ServerEvent::of)
            .name("pushes to servers")
            .uid("pushes-to-servers")
            .union(detections.getSideOutput(ScoreEvents.SIGHTINGS))
            .keyBy(ServerEvent::server)
            .transform(
                "server memory",
                TypeInformation.of(Corroboration.class),
                new ServerMemoryOperator(live))
            .uid("server-memory")
            .flatMap(new Corroborate(patterns))
            .name("corroborations")
            .uid("corroborations");

    SingleOutputStreamOperator<Alert> alerts =
        patterns.stream()
            .map(pattern -> matches(pattern, pattern.scope() == Scope.HOST ? hosts : shares))
            .reduce(DataStream::union)
            .orElseThrow()
            .union(corroborations)
            .keyBy(FoldIncidents::key)
            .process(
                new FoldIncidents(
                    patterns,
                    Timing.latenessOf(live),
                    live == null
                        ? Publication.ofLastState()
                        : Publication.ofChanges(REVISION_INTERVAL)))
            .name("incidents")
            .uid("incidents");
    alerts.sinkTo(ends.alerts()).name("alerts").uid("alerts");
  }

  /** The id of the pattern is its uid. */
  private static DataStream<Development> matches(
      StepPattern pattern, SingleOutputStreamOperator<PatternStep> memory) {
    KeyedStream<PatternStep, String> steps =
        memory.getSideOutput(HostMemoryOperator.stepsOf(pattern.id())).keyBy(PatternStep::key);
    Pattern<PatternStep, ?> sequence = pattern.pattern();
    return CEP.pattern(steps, sequence, (a, b) -> PatternStep.ORDER.compare(a, b))
        .inEventTime()
        .process(new MatchOnce(sequence.getName()))
        .name(pattern.id())
        .uid(pattern.id());
  }

  private static List<StepPattern> of(Scope scope, List<StepPattern> patterns) {
    return patterns.stream().filter(pattern -> pattern.scope() == scope).toList();
  }

  private static Duration longestWindow(List<StepPattern> patterns) {
    return patterns.stream().map(StepPattern::window).max(Comparator.naturalOrder()).orElseThrow();
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
