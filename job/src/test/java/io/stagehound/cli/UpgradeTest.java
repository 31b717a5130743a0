package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagehound.SharedData;
import io.stagehound.kafka.Telemetry;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.PullArchivePush;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.test.junit5.InjectClusterClient;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;

/** What a hunt may be upgraded to without losing what it knows. */
class UpgradeTest extends LiveTest {

  private static final ArchiveThenUncCopy CORE = new ArchiveThenUncCopy(Duration.ofHours(24));

  private static final PullArchivePush OTHER = new PullArchivePush(CORE.window());

  private String savepoints() {
    return folder.resolve("savepoints").toUri().toString();
  }

  private LiveGraph graph(ClusterClient<?> cluster) {
    return new LiveGraph(cluster, kafka.bootstrapServers(), test, folder);
  }

  private static List<String> patternsOf(List<JsonNode> alerts, String host) {
    return alerts.stream()
        .filter(alert -> alert.path("host").asText().equals(host))
        .map(alert -> alert.path("pattern").asText())
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void aPatternMayBeAddedAndRemovedAndTheParallelismChanged(
      @InjectClusterClient ClusterClient<?> cluster) throws Exception {
    Instant time = now.minusSeconds(60);
    String savepoint;
    try (Watch watch = graph(cluster).start(null, 2, List.of(CORE))) {
      chain("ws1", time, 0);
      kafka.produce(in(), 0, List.of(Telemetry.archive("ws2", time, "ws2.zip")));
      await("-alerts", hosts("ws1"));
      savepoint = watch.stop(savepoints(), false);
    }
    try (Watch watch = graph(cluster).start(savepoint, 1, List.of(CORE, OTHER))) {
      kafka.produce(in(), 0, List.of(Telemetry.copy("ws2", time.plusSeconds(5), "ws2.zip")));
      kafka.produce(in(), 0, List.of(Telemetry.pull("ws3", time.minusSeconds(1))));
      chain("ws3", time, 1);
      List<JsonNode> alerts =
          await(
              "-alerts",
              lines ->
                  patternsOf(lines, "ws3").size() == 2 && hosts("ws1", "ws2", "ws3").test(lines));
      assertThat(patternsOf(alerts, "ws2"))
          .as("the archive was seen before the upgrade, by the pattern that was there")
          .contains(ArchiveThenUncCopy.ID);
      kafka.produce(in(), 0, List.of(Telemetry.archive("ws4", time, "ws4.zip")));
      await("-detections", hosts("ws1", "ws2", "ws3", "ws4"));
      savepoint = watch.stop(savepoints(), false);
    }
    try (Watch watch = graph(cluster).startWithout(savepoint, 3, List.of(CORE))) {
      kafka.produce(in(), 0, List.of(Telemetry.copy("ws4", time.plusSeconds(5), "ws4.zip")));
      List<JsonNode> alerts = await("-alerts", hosts("ws1", "ws2", "ws3", "ws4"));
      assertThat(patternsOf(alerts, "ws4")).containsExactly(ArchiveThenUncCopy.ID);
      assertThat(watch.job()).isNotNull();
    }
  }

  /** What {@link WriteSavepoint} left when this version was made. */
  @Test
  void theSavepointOfThisVersionIsRestored(@InjectClusterClient ClusterClient<?> cluster)
      throws Exception {
    Path savepoint =
        SharedData.checkout().resolve("job/src/test/resources").resolve(WriteSavepoint.FOLDER);
    kafka.createTopic(WriteSavepoint.TOPIC + "-in", 1);
    kafka.createCompactedTopic(WriteSavepoint.TOPIC + "-alerts", 1);
    kafka.createTopic(WriteSavepoint.TOPIC + "-detections", 1);
    kafka.createTopic(WriteSavepoint.TOPIC + "-dead", 1);
    LiveGraph graph =
        new LiveGraph(cluster, kafka.bootstrapServers(), WriteSavepoint.TOPIC, folder);
    // The source goes on behind what it had read.
    kafka.produce(
        WriteSavepoint.TOPIC + "-in", 0, List.of("read before", "read before", "read before"));
    kafka.produce(
        WriteSavepoint.TOPIC + "-in",
        0,
        List.of(
            Telemetry.copy("ws1", WriteSavepoint.TIME.plusSeconds(90), "ws1.zip"),
            Telemetry.copy("ws2", WriteSavepoint.TIME.plusSeconds(90), "ws2.zip")));
    try (Watch watch = graph.start(savepoint.toUri().toString(), 2, List.of(CORE))) {
      List<JsonNode> alerts =
          lines(
              kafka.await(
                  WriteSavepoint.TOPIC + "-alerts",
                  IsolationLevel.READ_COMMITTED,
                  SOON,
                  found ->
                      lines(found).stream()
                              .filter(alert -> alert.path("state").asText().equals("closed"))
                              .count()
                          == 2));
      JsonNode open =
          alerts.stream()
              .filter(a -> a.path("host").asText().equals("ws1"))
              .findFirst()
              .orElseThrow();
      assertThat(open.path("state").asText()).as("the memory knew the archive").isEqualTo("open");
      List<JsonNode> second =
          alerts.stream().filter(a -> a.path("host").asText().equals("ws2")).toList();
      assertThat(second.get(0).path("revision").asLong())
          .as("the incident was open and goes on")
          .isGreaterThan(1);
      assertThat(second.get(second.size() - 1).path("step_counts").path("copy").asLong())
          .isEqualTo(2);
      assertThat(kafka.read(WriteSavepoint.TOPIC + "-dead", IsolationLevel.READ_COMMITTED))
          .isEmpty();
      assertThat(watch.job()).isNotNull();
    }
  }
}
