package io.stagehound.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A hunt on a cluster of processes finds what it finds in one. */
@Tag("cluster")
@Timeout(180)
class HuntOnClusterIT {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void findsOnAClusterWhatItFindsEmbedded() throws Exception {
    Path embedded = folder.resolve("embedded");
    Path clustered = folder.resolve("clustered");
    Path inParts = folder.resolve("in-parts");
    try (FlinkCluster cluster = FlinkCluster.start(folder.resolve("flink"), 2, 2, Map.of())) {
      String printed =
          cluster.run(
              StagehoundJar.PATH,
              Duration.ofSeconds(90),
              3,
              "hunt",
              "-o",
              clustered.toString(),
              SharedData.samples().toString());
      assertThat(printed).contains("JobID", "detections");
      cluster.run(
          StagehoundJar.PATH,
          Duration.ofSeconds(90),
          3,
          "hunt",
          "--parts",
          "-o",
          "file://" + inParts,
          "file://" + SharedData.samples());
    }
    StagehoundJar.hunt(SharedData.samples(), embedded);
    for (String name : new String[] {"alerts.ndjson", "detections.ndjson", "dead-letters.ndjson"}) {
      assertThat(clustered.resolve(name)).hasSameTextualContentAs(embedded.resolve(name));
    }
    assertThat(Files.readAllLines(clustered.resolve("alerts.ndjson"))).hasSizeGreaterThan(10);
    List<String> detections = new ArrayList<>();
    try (Stream<Path> parts = Files.list(inParts.resolve("detections"))) {
      for (Path part : parts.toList()) {
        detections.addAll(Files.readAllLines(part));
      }
    }
    assertThat(detections)
        .containsExactlyInAnyOrderElementsOf(
            Files.readAllLines(embedded.resolve("detections.ndjson")));
    assertThat(inParts.resolve("alerts.ndjson"))
        .hasSameTextualContentAs(embedded.resolve("alerts.ndjson"));
  }
}
