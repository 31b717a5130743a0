package io.stagehound.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A hunt on a cluster of processes finds what it finds in one. */
@Tag("cluster")
@Timeout(180)
class HuntOnClusterIT {

  private static final Path JAR = SharedData.checkout().resolve("job/target/stagehound.jar");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void findsOnAClusterWhatItFindsEmbedded() throws Exception {
    Path embedded = folder.resolve("embedded");
    Process alone =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                "hunt",
                "-o",
                embedded.toString(),
                SharedData.samples().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("embedded.log").toFile())
            .start();
    Path clustered = folder.resolve("clustered");
    try (FlinkCluster cluster = FlinkCluster.start(folder.resolve("flink"), 2, 2, Map.of())) {
      String printed =
          cluster.run(
              JAR,
              Duration.ofSeconds(90),
              3,
              "hunt",
              "-o",
              clustered.toString(),
              SharedData.samples().toString());
      assertThat(printed).contains("JobID", "detections");
      assertThat(alone.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      alone.destroyForcibly();
    }
    assertThat(alone.exitValue()).isZero();
    for (String name : new String[] {"alerts.ndjson", "detections.ndjson", "dead-letters.ndjson"}) {
      assertThat(clustered.resolve(name)).hasSameTextualContentAs(embedded.resolve(name));
    }
    assertThat(Files.readAllLines(clustered.resolve("alerts.ndjson"))).hasSizeGreaterThan(10);
  }
}
