package io.stagehound.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast {@code watch} reads a loaded topic, against Kafka's own consumer performance tool on the
 * same topic, in turn; and how long an alert takes under half of that load.
 */
final class KafkaRows implements Measurement {

  /** What must be reached of the speed of a consumer that does nothing. */
  private static final double LEAST_RATIO = 0.6;

  /** As in the hunt that is measured. */
  private static final int THOUSANDTHS_SOUGHT = 200;

  /** What Kafka's own script gives its tool. */
  private static final List<String> OF_KAFKAS_SCRIPT =
      List.of(
          "-Xmx512m",
          "-server",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent");

  private static final String SMALL = "small";
  private static final String LARGE = "large";

  @Override
  public List<Row> rows(Setting setting) throws IOException, InterruptedException {
    Telemetry small = write(setting, SMALL, setting.small());
    Telemetry large = write(setting, LARGE, setting.large());
    try (Broker broker = Broker.start(setting.folder())) {
      broker.load(SMALL, small.files());
      broker.load(LARGE, large.files());
      Timings tool = new Timings();
      Timings history = new Timings();
      Timings live = new Timings();
      for (int round = 1; round <= setting.rounds(); round++) {
        tool.add(
            secondsOfTool(setting, broker, SMALL, setting.small()),
            secondsOfTool(setting, broker, LARGE, setting.large()));
        history.add(
            run(setting, broker, SMALL, "history-" + round).secondsOfHistory(small.expected()),
            run(setting, broker, LARGE, "history-" + round).secondsOfHistory(large.expected()));
        live.add(
            run(setting, broker, SMALL, "live-" + round).secondsLive(),
            run(setting, broker, LARGE, "live-" + round).secondsLive());
        System.err.printf(
            "kafka, round %d: watch --until latest %s; watch %s; Kafka's tool %s%n",
            round, history, live, tool);
      }
      double speedOfTool = tool.marginal(setting);
      double speedLive = live.marginal(setting);
      List<Row> rows = new ArrayList<>();
      rows.add(row("watch --until latest, records/s", history.marginal(setting), speedOfTool));
      rows.add(row("watch, records/s", speedLive, speedOfTool));
      rows.addAll(new Latency(setting, broker, large.files().get(0)).rows(speedLive / 2));
      return rows;
    }
  }

  private static WatchRun run(Setting setting, Broker broker, String topic, String name)
      throws InterruptedException {
    return WatchRun.of(setting, broker, topic, topic + "-" + name);
  }

  private static double secondsOfTool(Setting setting, Broker broker, String topic, long records)
      throws IOException, InterruptedException {
    return ChildProcess.run(
        Child.java(
            OF_KAFKAS_SCRIPT,
            "org.apache.kafka.tools.ConsumerPerformance",
            "--bootstrap-server",
            broker.address(),
            "--topic",
            topic,
            "--num-records",
            Long.toString(records)),
        setting.folder().resolve("printed.txt"));
  }

  private static Row row(String measured, double watch, double tool) {
    return new Row(
        "kafka",
        measured,
        "%,.0f".formatted(watch),
        "%,.0f, kafka-consumer-perf-test".formatted(tool),
        watch / tool,
        Row.Goal.atLeast(LEAST_RATIO));
  }

  private static Telemetry write(Setting setting, String name, long records) throws IOException {
    return FleetTelemetry.write(
        List.of(setting.folder().resolve(name + ".json")), records, THOUSANDTHS_SOUGHT);
  }
}
