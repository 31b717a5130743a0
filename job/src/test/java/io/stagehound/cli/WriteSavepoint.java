package io.stagehound.cli;

import io.stagehound.SharedData;
import io.stagehound.kafka.Telemetry;
import io.stagehound.pattern.ArchiveThenUncCopy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.test.junit5.InjectClusterClient;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;

/**
 * Writes the savepoint that {@link UpgradeTest} restores, once for each version, by hand: {@code
 * mvn test -pl cep-patterns,job -Dtest=WriteSavepoint -Dsurefire.failIfNoSpecifiedTests=false}. It
 * holds an archive whose copy has not come, and an open incident.
 */
class WriteSavepoint extends LiveTest {

  static final String FOLDER = "savepoints/0.1";
  static final String TOPIC = "savepoint";
  static final Instant TIME = Instant.parse("2026-01-05T10:00:00Z");

  @Test
  void write(@InjectClusterClient ClusterClient<?> cluster) throws Exception {
    kafka.createTopic(TOPIC + "-in", 1);
    kafka.createCompactedTopic(TOPIC + "-alerts", 1);
    kafka.createTopic(TOPIC + "-detections", 1);
    kafka.createTopic(TOPIC + "-dead", 1);
    LiveGraph graph = new LiveGraph(cluster, kafka.bootstrapServers(), TOPIC, folder);
    // One reader, which no idle one keeps waiting: event time must not leap to now before the stop.
    try (Watch watch =
        graph.start(null, 1, List.of(new ArchiveThenUncCopy(Duration.ofHours(24))))) {
      kafka.produce(
          TOPIC + "-in",
          0,
          List.of(
              Telemetry.archive("ws2", TIME, "ws2.zip"),
              Telemetry.copy("ws2", TIME.plusSeconds(1), "ws2.zip"),
              // Event time passes the chain, and not by so much that it is over.
              Telemetry.archive("ws1", TIME.plusSeconds(60), "ws1.zip")));
      kafka.await(
          TOPIC + "-alerts", IsolationLevel.READ_COMMITTED, SOON, found -> !found.isEmpty());
      String savepoint = watch.stop(folder.resolve("written").toUri().toString(), false);
      Path target = SharedData.checkout().resolve("job/src/test/resources").resolve(FOLDER);
      Files.createDirectories(target);
      Path written = Path.of(java.net.URI.create(savepoint));
      try (var files = Files.list(written)) {
        for (Path file : files.toList()) {
          Files.write(target.resolve(file.getFileName()), withoutPlace(Files.readAllBytes(file)));
        }
      }
    }
  }

  /**
   * Files of a savepoint are found beside each other; where it was written is nobody's business.
   */
  private static byte[] withoutPlace(byte[] file) {
    String place = folder.toString();
    return new String(file, StandardCharsets.ISO_8859_1)
        .replace(place, "/" + "x".repeat(place.length() - 1))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
