package io.stagehound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagehound.cluster.TestKafka;
import io.stagehound.kafka.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real Kafka and a MiniCluster, with topics of its own for each test. */
abstract class LiveTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(2)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final ObjectMapper MAPPER = new ObjectMapper();
  static final Duration SOON = Duration.ofSeconds(40);
  private static final AtomicInteger TESTS = new AtomicInteger();

  @TempDir static Path folder;
  static TestKafka kafka;

  final String test = "t" + TESTS.incrementAndGet();
  final Instant now = Instant.now();

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = TestKafka.start(Files.createDirectory(folder.resolve("kafka")));
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void createTopics() throws Exception {
    kafka.createTopic(in(), 2);
    kafka.createCompactedTopic(test + "-alerts", 1);
    kafka.createTopic(test + "-detections", 1);
    kafka.createTopic(test + "-dead", 1);
  }

  final String in() {
    return test + "-in";
  }

  final String[] options(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--alerts-topic",
                test + "-alerts",
                "--detections-topic",
                test + "-detections",
                "--dead-letters-topic",
                test + "-dead",
                "--checkpoint-interval",
                "1s",
                "--parallelism",
                "2"));
    options.addAll(List.of(more));
    if (!options.contains("--topic") && !options.contains("--topic-pattern")) {
      options.addAll(List.of("--topic", in()));
    }
    if (!options.contains("--name")) {
      options.addAll(List.of("--name", test));
    }
    return options.toArray(String[]::new);
  }

  final List<JsonNode> await(String topic, Predicate<List<JsonNode>> condition) {
    return lines(
        kafka.await(
            test + topic,
            IsolationLevel.READ_COMMITTED,
            SOON,
            records -> condition.test(lines(records))));
  }

  static List<JsonNode> lines(List<ConsumerRecord<String, String>> records) {
    List<JsonNode> lines = new ArrayList<>();
    for (ConsumerRecord<String, String> line : records) {
      try {
        lines.add(MAPPER.readTree(line.value()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  static Predicate<List<JsonNode>> hosts(String... expected) {
    return lines ->
        lines.stream()
            .map(line -> line.path("host").asText())
            .distinct()
            .sorted()
            .toList()
            .equals(List.of(expected));
  }

  final void chain(String host, Instant time, int partition) throws Exception {
    kafka.produce(
        in(),
        partition,
        List.of(
            Telemetry.archive(host, time, host + ".zip"),
            Telemetry.copy(host, time.plusSeconds(1), host + ".zip")));
  }
}
