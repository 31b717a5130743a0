package io.stagehound.kafka;

import io.stagehound.decode.Decoded;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.PatternStep;
import io.stagehound.score.Detection;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The same pattern in a plain job with bounded out-of-orderness and idleness, as one would first
 * write it: what the tests of time are measured by.
 */
public final class PlainJob {

  private PlainJob() {}

  /** Starts one that writes the host of each match. */
  public static JobClient start(String bootstrapServers, String telemetry, String matches)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(1);
    KafkaSource<Decoded> source =
        KafkaSource.<Decoded>builder()
            .setBootstrapServers(bootstrapServers)
            .setTopics(telemetry)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new TelemetryDeserializer())
            .build();
    WatermarkStrategy<Decoded> eventTimes =
        WatermarkStrategy.<Decoded>forBoundedOutOfOrderness(Duration.ofSeconds(10))
            .withIdleness(Duration.ofSeconds(5))
            .withTimestampAssigner(
                (decoded, none) -> decoded.event() == null ? none : decoded.event().time());
    ArchiveThenUncCopy core = new ArchiveThenUncCopy(Duration.ofHours(24));
    var steps =
        env.fromSource(source, eventTimes, "telemetry")
            .flatMap(
                (Decoded decoded, Collector<PatternStep> out) -> {
                  if (decoded.event() != null) {
                    Detection.of(decoded.event()).stream()
                        .flatMap(found -> Step.of(found, Arrival.ON_TIME, null).stream())
                        .forEach(step -> out.collect(plain(step, core)));
                  }
                })
            .returns(TypeInformation.of(PatternStep.class))
            .keyBy(PatternStep::key);
    CEP.pattern(steps, core.pattern())
        .inEventTime()
        .process(new HostOfMatch())
        .sinkTo(
            KafkaSink.<String>builder()
                .setBootstrapServers(bootstrapServers)
                // Without the match's own time: a broker refuses one from the future.
                .setRecordSerializer(
                    (match, context, timestamp) ->
                        new ProducerRecord<>(matches, match.getBytes(StandardCharsets.UTF_8)))
                .build());
    return env.executeAsync("plain");
  }

  private static PatternStep plain(Step step, ArchiveThenUncCopy core) {
    return new PatternStep(
        core.id(),
        step.detection().event().hostKey(),
        step.time(),
        core.completes(step),
        step,
        List.of(),
        Map.of(),
        List.of());
  }

  private static final class HostOfMatch extends PatternProcessFunction<PatternStep, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processMatch(
        Map<String, List<PatternStep>> stages, Context context, Collector<String> hosts) {
      hosts.collect("{\"host\":\"" + stages.values().iterator().next().get(0).key() + "\"}");
    }
  }
}
