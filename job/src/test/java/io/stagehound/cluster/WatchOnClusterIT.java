package io.stagehound.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagehound.deploy.RegisteredMetrics;
import io.stagehound.kafka.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two live hunts, one of each delivery, on a cluster of processes that is mistreated: a TaskManager
 * is killed, the hunts are stopped and go on at another parallelism, and the broker is restarted,
 * all while telemetry comes. In the end they have found what a hunt through the same records finds.
 */
@Tag("cluster")
@Timeout(360)
class WatchOnClusterIT {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String IN = "telemetry";
  private static final int PARTITIONS = 3;

  /** The parts of a metric's name with a group, a label and its value. */
  private static final int LABELLED = 4;

  private static final String SECRET = "hunter2-is-no-password";

  private Path client = Path.of("");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  /** Writes chains, half of each on its host's partition and half on any, until it is stopped. */
  private static final class Producer extends Thread {
    private static final int TICK_MILLIS = 100;

    private final TestKafka kafka;
    private final List<String> written = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean stopped;

    Producer(TestKafka kafka) {
      super("producer");
      this.kafka = kafka;
    }

    @Override
    public void run() {
      try {
        for (int tick = 0; !stopped; tick++) {
          List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
          add(records, tick, Telemetry.file("busy-" + tick % 10, Instant.now()));
          add(records, tick, Telemetry.other("dc"));
          add(records, tick, Telemetry.archive("ws-" + tick, Instant.now(), "loot.zip"));
          for (int before : new int[] {5, 20}) {
            if (tick >= before && tick % 3 > 0) {
              String host = "ws-" + (tick - before);
              add(records, tick - before, Telemetry.copy(host, Instant.now(), "loot.zip"));
            }
          }
          if (tick % 50 == 0) {
            add(records, tick, "no record at all");
          }
          kafka.produce(records);
          sleep(TICK_MILLIS);
        }
      } catch (Exception e) {
        failure.set(e);
      }
    }

    private void add(List<ProducerRecord<byte[], byte[]>> records, int host, String value) {
      int partition = host % 2 == 0 ? host % PARTITIONS : written.size() % PARTITIONS;
      written.add(value);
      records.add(TestKafka.text(IN, partition, null, null, value));
    }

    /** Waits until so many more records have been written. */
    void awaitMore(int records) {
      int before = written.size();
      Awaitility.await("telemetry is produced")
          .atMost(Duration.ofMinutes(2))
          .failFast("the producer failed", () -> failure.get() != null)
          .until(() -> written.size() >= before + records);
    }

    List<String> finish() throws InterruptedException {
      stopped = true;
      join(Duration.ofMinutes(1).toMillis());
      assertThat(failure.get()).isNull();
      assertThat(isAlive()).isFalse();
      return List.copyOf(written);
    }
  }

  @Test
  void nothingIsLostAndNothingDoubled() throws Exception {
    try (TestKafka kafka = TestKafka.start(Files.createDirectory(folder.resolve("kafka")));
        FlinkCluster cluster =
            FlinkCluster.start(
                folder.resolve("flink"),
                2,
                2,
                Map.of(
                    "execution.checkpointing.interval",
                    "1s",
                    // Each job has a task on each TaskManager, so that a kill hits both.
                    "taskmanager.load-balance.mode",
                    "SLOTS"))) {
      kafka.createTopic(IN, PARTITIONS);
      for (String name : List.of("atleast", "exactly")) {
        kafka.createCompactedTopic(name + "-alerts", 1);
        kafka.createTopic(name + "-detections", 2);
        kafka.createTopic(name + "-dead", 1);
      }
      client =
          Files.writeString(
              folder.resolve("client.properties"),
              "bootstrap.servers=" + kafka.bootstrapServers() + "\nssl.key.password=" + SECRET);
      Producer producer = new Producer(kafka);
      producer.start();
      String atLeast = submit(cluster, "atleast", "at-least-once", null, 2);
      String exactly = submit(cluster, "exactly", "exactly-once", null, 2);
      for (String job : List.of(atLeast, exactly)) {
        cluster.awaitRunning(job);
        cluster.awaitCheckpoints(job, 2);
      }
      producer.awaitMore(100);
      assertThat(metrics(cluster, atLeast)).isEqualTo(RegisteredMetrics.ofTheJob());
      assertThat(cluster.rest("/jobs/" + atLeast + "/config").toString()).doesNotContain(SECRET);

      cluster.killTaskManager(0);
      cluster.startTaskManager();
      for (String job : List.of(atLeast, exactly)) {
        cluster.awaitRestarts(job, 1);
        cluster.awaitCheckpoints(job, 2);
      }
      producer.awaitMore(100);

      String atLeastSavepoint = cluster.stopWithSavepoint(atLeast, false);
      String exactlySavepoint = cluster.stopWithSavepoint(exactly, false);
      atLeast = submit(cluster, "atleast", "at-least-once", atLeastSavepoint, 1);
      exactly = submit(cluster, "exactly", "exactly-once", exactlySavepoint, 3);
      for (String job : List.of(atLeast, exactly)) {
        cluster.awaitRunning(job);
        cluster.awaitCheckpoints(job, 2);
      }
      producer.awaitMore(100);

      kafka.stopBroker();
      kafka.startBroker();
      producer.awaitMore(100);
      List<String> records = producer.finish();
      for (String name : List.of("atleast", "exactly")) {
        awaitDetections(kafka, name, records);
      }
      cluster.stopWithSavepoint(atLeast, true);
      cluster.stopWithSavepoint(exactly, true);
      try (Stream<Path> logs = Files.list(cluster.logs())) {
        for (Path log : logs.toList()) {
          assertThat(Files.readString(log)).as(log.toString()).doesNotContain(SECRET);
        }
      }

      Path history = Files.write(folder.resolve("history.ndjson"), records);
      Path results = folder.resolve("results");
      StagehoundJar.hunt(history, results);
      List<JsonNode> expected = read(Files.readAllLines(results.resolve("alerts.ndjson")));
      List<String> detections = Files.readAllLines(results.resolve("detections.ndjson"));
      assertThat(expected).as("there is something to find").hasSizeGreaterThan(50);

      for (String name : List.of("atleast", "exactly")) {
        assertThat(lastRevisions(read(values(kafka, name + "-alerts"))))
            .as("alerts of " + name)
            .containsExactlyInAnyOrderEntriesOf(lastRevisions(expected));
        assertThat(values(kafka, name + "-detections"))
            .as("detections of " + name)
            .containsAll(detections);
        assertThat(detections)
            .as("no other detections of " + name)
            .containsAll(values(kafka, name + "-detections"));
      }
      assertThat(values(kafka, "exactly-detections"))
          .as("each exactly once")
          .containsExactlyInAnyOrderElementsOf(detections);
      assertThat(read(values(kafka, "exactly-alerts")))
          .extracting(alert -> alert.path("alert_id").asText() + alert.path("revision").asText())
          .as("each revision once")
          .doesNotHaveDuplicates();
      assertThat(values(kafka, "exactly-dead"))
          .hasSameSizeAs(records.stream().filter("no record at all"::equals).toList());
    }
  }

  private String submit(
      FlinkCluster cluster,
      String name,
      String delivery,
      @Nullable String savepoint,
      int parallelism)
      throws IOException, InterruptedException {
    return cluster.submit(
        StagehoundJar.PATH,
        savepoint,
        parallelism,
        "watch",
        "--kafka-properties",
        client.toString(),
        "--topic",
        IN,
        "--alerts-topic",
        name + "-alerts",
        "--detections-topic",
        name + "-detections",
        "--dead-letters-topic",
        name + "-dead",
        "--name",
        name,
        "--delivery",
        delivery,
        "--from",
        "earliest");
  }

  /** The job's own metrics that the cluster knows, as Prometheus names them. */
  private static Set<String> metrics(FlinkCluster cluster, String job)
      throws IOException, InterruptedException {
    Set<String> found = new TreeSet<>();
    for (JsonNode vertex : cluster.rest("/jobs/" + job).path("vertices")) {
      String path = "/jobs/" + job + "/vertices/" + vertex.path("id").asText();
      for (JsonNode metric : cluster.rest(path + "/subtasks/metrics")) {
        String name = metric.path("id").asText();
        int group = name.indexOf(".stagehound.");
        if (group >= 0) {
          found.add(RegisteredMetrics.OPERATOR + plain(name.substring(group + 1)));
        }
      }
    }
    return found;
  }

  /** {@code a.label.value.b} is {@code a_label_b}, with a label. */
  private static String plain(String name) {
    String[] parts = name.split("\\.", -1);
    return parts.length == LABELLED
        ? parts[0] + "_" + parts[1] + "_" + parts[3]
        : name.replace('.', '_');
  }

  /** Every event is a detection here: the hunt has read them all when the last ones are told. */
  private static void awaitDetections(TestKafka kafka, String name, List<String> records) {
    long events = records.stream().filter(record -> record.contains("Sysmon")).distinct().count();
    kafka.await(
        name + "-detections",
        IsolationLevel.READ_COMMITTED,
        Duration.ofMinutes(1),
        found -> found.stream().map(line -> line.value()).distinct().count() >= events);
  }

  private static List<String> values(TestKafka kafka, String topic) {
    return kafka.read(topic, IsolationLevel.READ_COMMITTED).stream()
        .map(line -> line.value())
        .toList();
  }

  private static List<JsonNode> read(List<String> lines) throws IOException {
    List<JsonNode> read = new ArrayList<>();
    for (String line : lines) {
      read.add(MAPPER.readTree(line));
    }
    return read;
  }

  /**
   * The last revision of each alert, without what tells how it came about: a step that was on its
   * way while nobody ran is late, and makes one revision more.
   */
  private static Map<String, JsonNode> lastRevisions(List<JsonNode> alerts) {
    Map<String, JsonNode> last = new TreeMap<>();
    for (JsonNode alert : alerts) {
      last.merge(
          alert.path("alert_id").asText(),
          alert,
          (a, b) -> a.path("revision").asLong() > b.path("revision").asLong() ? a : b);
    }
    for (JsonNode alert : last.values()) {
      ((ObjectNode) alert).remove(List.of("revision", "late", "explanation"));
    }
    return last;
  }
}
