package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagehound.kafka.PlainJob;
import io.stagehound.kafka.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.InjectClusterClient;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What time does to a live hunt: hosts that were offline, clocks in the future, topics that fall
 * silent. Beside each hunt a plain job reads the same topic, and misses what the hunt finds.
 */
class LiveTimeTest extends LiveTest {

  private JobClient plain;

  @BeforeEach
  void startPlainJob() throws Exception {
    kafka.createTopic(test + "-plain", 1);
    plain = PlainJob.start(kafka.bootstrapServers(), in(), test + "-plain");
  }

  @AfterEach
  void stopPlainJob() throws Exception {
    plain.cancel().get();
  }

  private List<String> plainHosts() {
    return lines(kafka.read(test + "-plain", IsolationLevel.READ_COMMITTED)).stream()
        .map(line -> line.path("host").asText())
        .distinct()
        .toList();
  }

  private static JsonNode ofHost(List<JsonNode> alerts, String host) {
    return alerts.stream()
        .filter(alert -> alert.path("host").asText().equals(host))
        .findFirst()
        .orElseThrow();
  }

  /** Traffic of the present, so that event time is now. */
  private void traffic(String host) throws Exception {
    for (int partition = 0; partition < 2; partition++) {
      kafka.produce(in(), partition, List.of(Telemetry.file(host, Instant.now())));
    }
  }

  @Test
  void aHostThatWasOfflineForADayRaisesItsAlertsAtOnceMarkedLate(
      @InjectClusterClient ClusterClient<?> cluster) throws Exception {
    try (Watch watch = Watch.start(cluster, options())) {
      chain("online", Instant.now().minusSeconds(60), 0);
      traffic("busy");
      await("-alerts", hosts("online"));
      await("-plain", hosts("online"));
      Instant yesterday = Instant.now().minus(Duration.ofDays(1));
      long start = System.nanoTime();
      chain("offline", yesterday, 1);
      List<JsonNode> alerts = await("-alerts", hosts("offline", "online"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
      assertThat(ofHost(alerts, "offline").path("late").asBoolean()).isTrue();
      assertThat(ofHost(alerts, "offline").path("explanation").asText()).contains("reported late");
      assertThat(ofHost(alerts, "online").path("late").asBoolean()).isFalse();

      chain("online2", Instant.now().minusSeconds(60), 0);
      await("-alerts", hosts("offline", "online", "online2"));
      assertThat(plainHosts()).as("a plain job drops it").doesNotContain("offline");
      assertThat(watch.job()).isNotNull();
    }
  }

  @Test
  void aClockInTheFutureIsFlaggedAndDelaysAndSilencesNobody(
      @InjectClusterClient ClusterClient<?> cluster) throws Exception {
    try (Watch watch = Watch.start(cluster, options())) {
      Instant inAYear = Instant.now().plus(Duration.ofDays(365));
      chain("future", inAYear, 0);
      for (int partition = 0; partition < 2; partition++) {
        kafka.produce(in(), partition, List.of(Telemetry.file("future", inAYear.plusSeconds(60))));
      }
      traffic("busy");
      await("-detections", hosts("busy", "future"));
      // So the plain job's time is in the future, wherever it had been by now.
      await("-plain", hosts("future"));
      long start = System.nanoTime();
      chain("now", Instant.now().minusSeconds(1), 0);
      List<JsonNode> alerts = await("-alerts", hosts("future", "now"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
      assertThat(ofHost(alerts, "now").path("late").asBoolean()).isFalse();
      assertThat(ofHost(alerts, "now").path("clock_ahead").asBoolean()).isFalse();
      assertThat(ofHost(alerts, "future").path("clock_ahead").asBoolean()).isTrue();
      assertThat(plainHosts()).as("a plain job finds only time for one").doesNotContain("now");
      assertThat(watch.job()).isNotNull();
    }
  }

  @Test
  void anAlertDoesNotWaitForMoreTraffic(@InjectClusterClient ClusterClient<?> cluster)
      throws Exception {
    try (Watch watch = Watch.start(cluster, options())) {
      chain("last", Instant.now(), 0);
      await("-alerts", hosts("last"));
      assertThat(plainHosts()).as("a plain job waits for the next event").isEmpty();
      traffic("much later");
      assertThat(watch.job()).isNotNull();
    }
  }
}
