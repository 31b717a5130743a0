package io.stagehound.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** One run of {@code watch} on a topic, in a process of its own, all of its outputs written. */
record WatchRun(Setting setting, Broker broker, String topic, String name) {

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration POLL = Duration.ofMillis(20);

  /** Makes the topics that it writes to. */
  static WatchRun of(Setting setting, Broker broker, String topic, String name)
      throws InterruptedException {
    WatchRun run = new WatchRun(setting, broker, topic, name);
    for (String output : List.of(run.alerts(), run.detections(), run.deadLetters())) {
      broker.createTopic(output, 1);
    }
    return run;
  }

  String alerts() {
    return name + "-alerts";
  }

  String detections() {
    return name + "-detections";
  }

  private String deadLetters() {
    return name + "-dead-letters";
  }

  /** Starts it; the caller ends it. */
  Child start(String... options) throws IOException {
    return Child.start(command(options), setting.folder());
  }

  private ProcessBuilder command(String... options) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "watch",
                "--bootstrap-servers",
                broker.address(),
                "--topic",
                topic,
                "--name",
                name,
                "--alerts-topic",
                alerts(),
                "--detections-topic",
                detections(),
                "--dead-letters-topic",
                deadLetters(),
                "--from",
                "earliest"));
    args.addAll(Arrays.asList(options));
    return Child.stagehound(setting.launcher(), setting, args.toArray(String[]::new));
  }

  /**
   * How long it takes to read the topic as history and to end, in seconds.
   *
   * @param expected what there is to find
   */
  double secondsOfHistory(Expected expected) throws IOException, InterruptedException {
    double seconds =
        ChildProcess.run(command("--until", "latest"), setting.folder().resolve("printed.txt"));
    long detections = expected.detections().values().stream().mapToLong(Long::longValue).sum();
    if (broker.count(detections()) != detections
        || broker.count(alerts()) != expected.alerts().size()) {
      throw new IllegalStateException(
          "watch wrote %d detections and %d alerts instead of %d and %d"
              .formatted(
                  broker.count(detections()),
                  broker.count(alerts()),
                  detections,
                  expected.alerts().size()));
    }
    return seconds;
  }

  /**
   * How long it takes, live, until the records in the end of all partitions have come out again as
   * dead letters, in seconds: all that stands before them is then read, scored and written.
   */
  double secondsLive() throws IOException, InterruptedException {
    long start = System.nanoTime();
    long left = Broker.PARTITIONS;
    try (KafkaConsumer<byte[], byte[]> ends = broker.consumer(deadLetters());
        Child watch = start()) {
      while (left > 0) {
        watch.mustRun();
        if (System.nanoTime() - start > LONGEST.toNanos()) {
          throw new IllegalStateException("not through after " + LONGEST + ": " + watch.printed());
        }
        left -= ends.poll(POLL).count();
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
