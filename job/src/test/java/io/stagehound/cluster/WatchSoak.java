package io.stagehound.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagehound.kafka.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A live hunt over 200,000 hosts, each with an archive in every window, long enough for windows to
 * turn over several times: heap and checkpoints must stay flat. Runs by hand: {@code mvn verify
 * -Pcluster -pl cep-patterns,job -Dtest=none -Dit.test=WatchSoak
 * -Dsurefire.failIfNoSpecifiedTests=false -Dstagehound.soak.minutes=24}.
 */
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class WatchSoak {

  private static final String IN = "telemetry";
  private static final int PARTITIONS = 4;
  private static final int HOSTS = Integer.getInteger("stagehound.soak.hosts", 200_000);
  private static final int PER_SECOND = Integer.getInteger("stagehound.soak.rate", 1_000);
  private static final Duration LENGTH =
      Duration.ofMinutes(Integer.getInteger("stagehound.soak.minutes", 24));

  /** Of so many archives one is copied away. */
  private static final int ARCHIVES_FOR_A_COPY = 50;

  @TempDir private Path folder;

  /** What one minute showed. */
  private record Minute(long records, long liveHeap, long stateBytes, long checkpointMillis) {}

  @Test
  void heapAndCheckpointsStayFlat() throws Exception {
    try (TestKafka kafka = TestKafka.start(Files.createDirectory(folder.resolve("kafka")));
        FlinkCluster cluster =
            FlinkCluster.start(
                folder.resolve("flink"), 1, 2, Map.of("execution.checkpointing.interval", "10s"))) {
      kafka.createTopic(IN, PARTITIONS);
      kafka.createCompactedTopic("alerts", 1);
      kafka.createTopic("detections", 1);
      kafka.createTopic("dead", 1);
      String job =
          cluster.submit(
              StagehoundJar.PATH,
              null,
              2,
              "watch",
              "--bootstrap-servers",
              kafka.bootstrapServers(),
              "--topic",
              IN,
              "--alerts-topic",
              "alerts",
              "--detections-topic",
              "detections",
              "--dead-letters-topic",
              "dead",
              "--window",
              "4min",
              "--lateness",
              "1min");
      cluster.awaitRunning(job);
      List<Minute> minutes = run(kafka, cluster, job);
      assertThat(cluster.restarts(job)).isZero();
      // Windows of 4 minutes and a minute of lateness have turned over after the first third.
      int third = minutes.size() / 3;
      Minute middle = highest(minutes.subList(third, 2 * third));
      Minute last = highest(minutes.subList(2 * third, minutes.size()));
      assertThat(last.liveHeap()).isLessThan((long) (middle.liveHeap() * 1.15));
      assertThat(last.stateBytes()).isLessThan((long) (middle.stateBytes() * 1.15));
    }
  }

  private static Minute highest(List<Minute> minutes) {
    return new Minute(
        0,
        minutes.stream().mapToLong(Minute::liveHeap).max().orElseThrow(),
        minutes.stream().mapToLong(Minute::stateBytes).max().orElseThrow(),
        0);
  }

  private static List<Minute> run(TestKafka kafka, FlinkCluster cluster, String job)
      throws Exception {
    List<Minute> minutes = new ArrayList<>();
    Instant end = Instant.now().plus(LENGTH);
    Instant nextMinute = Instant.now().plusSeconds(60);
    long sent = 0;
    System.out.println("minute    records  live heap MiB  checkpoint MiB  checkpoint ms");
    while (Instant.now().isBefore(end)) {
      Instant second = Instant.now();
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int i = 0; i < PER_SECOND; i++, sent++) {
        String host = "host-" + sent % HOSTS;
        int partition = (int) (sent % HOSTS % PARTITIONS);
        Instant now = Instant.now();
        records.add(
            TestKafka.text(
                IN, partition, null, null, Telemetry.archive(host, now, "a" + sent + ".zip")));
        if (sent % ARCHIVES_FOR_A_COPY == 0) {
          records.add(
              TestKafka.text(
                  IN, partition, null, null, Telemetry.copy(host, now, "a" + sent + ".zip")));
        }
      }
      kafka.produce(records);
      if (Instant.now().isAfter(nextMinute)) {
        long heap = cluster.liveHeap(0);
        JsonNode checkpoint =
            cluster.rest("/jobs/" + job + "/checkpoints").path("latest").path("completed");
        Minute minute =
            new Minute(
                sent,
                heap,
                checkpoint.path("state_size").asLong(),
                checkpoint.path("end_to_end_duration").asLong());
        minutes.add(minute);
        System.out.printf(
            Locale.ROOT,
            "%6d %,10d %,15d %,15d %,14d%n",
            minutes.size(),
            sent,
            heap >> 20,
            minute.stateBytes() >> 20,
            minute.checkpointMillis());
        nextMinute = nextMinute.plusSeconds(60);
      }
      long left = Duration.between(Instant.now(), second.plusSeconds(1)).toMillis();
      if (left > 0) {
        TimeUnit.MILLISECONDS.sleep(left);
      }
    }
    return minutes;
  }
}
