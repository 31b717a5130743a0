package io.stagehound.topology;

import io.stagehound.alert.Alert;
import io.stagehound.decode.DeadLetter;
import io.stagehound.event.SysmonEvent;
import io.stagehound.host.HostStep;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.Match;
import io.stagehound.score.Detection;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cep.CEP;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/** The whole graph, for a live hunt and for a backfill: only their {@link Ends} differ. */
public final class StagehoundGraph {

  private static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private StagehoundGraph() {}

  /**
   * Puts the graph into {@code env}, whose runtime mode must be set: BATCH for bounded telemetry.
   * The uids name state in savepoints: they never change.
   */
  public static void build(
      StreamExecutionEnvironment env, Ends ends, ArchiveThenUncCopy archiveThenUncCopy) {
    env.configure(strict());
    boolean sortedInput =
        env.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;

    SingleOutputStreamOperator<SysmonEvent> events =
        env.fromSource(ends.telemetry(), ends.watermarks(), "telemetry")
            .uid("telemetry")
            .process(new SortOutDeadLetters(DEAD_LETTERS))
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

    SingleOutputStreamOperator<HostStep> hostSteps =
        detections
            .flatMap(new PickSteps())
            .name("steps")
            .uid("steps")
            .keyBy(step -> step.detection().event().hostKey())
            .transform(
                "host memory",
                TypeInformation.of(HostStep.class),
                new HostMemoryOperator(archiveThenUncCopy.window(), sortedInput))
            .uid("host-memory");

    SingleOutputStreamOperator<Match> matches =
        CEP.pattern(
                hostSteps.keyBy(HostStep::host),
                archiveThenUncCopy.pattern(),
                (a, b) -> HostStep.ORDER.compare(a, b))
            .inEventTime()
            .process(new MatchOnce(archiveThenUncCopy))
            .name(ArchiveThenUncCopy.ID)
            .uid(ArchiveThenUncCopy.ID);

    SingleOutputStreamOperator<Alert> alerts =
        matches
            .keyBy(match -> match.pattern() + "\n" + match.host())
            .process(new FoldIncidents(archiveThenUncCopy.window()))
            .name("incidents")
            .uid("incidents");
    alerts.sinkTo(ends.alerts()).name("alerts").uid("alerts");
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
