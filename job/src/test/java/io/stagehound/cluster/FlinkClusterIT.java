package io.stagehound.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The cluster that tests use survives what tests do to it. */
@Tag("cluster")
@Timeout(240)
class FlinkClusterIT {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  /** A jar of {@link CountForever} alone. */
  private Path program() throws Exception {
    Path classes =
        Path.of(CountForever.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = folder.resolve("count-forever.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, CountForever.class.getName());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        DirectoryStream<Path> files =
            Files.newDirectoryStream(
                classes.resolve("io/stagehound/cluster"), "CountForever*.class")) {
      for (Path file : files) {
        out.putNextEntry(new JarEntry("io/stagehound/cluster/" + file.getFileName()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  private static JsonNode restored(FlinkCluster cluster, String jobId)
      throws IOException, InterruptedException {
    return cluster.rest("/jobs/" + jobId + "/checkpoints").path("latest").path("restored");
  }

  @Test
  void aJobOutlivesAKillAndGoesOnFromASavepointAtAnotherParallelism() throws Exception {
    Path jar = program();
    try (FlinkCluster cluster = FlinkCluster.start(folder.resolve("flink"), 2, 2, Map.of())) {
      String job = cluster.submit(jar, null, 3);
      cluster.awaitRunning(job);
      cluster.awaitCheckpoints(job, 2);

      cluster.killTaskManager(0);
      cluster.startTaskManager();
      cluster.awaitRestarts(job, 1);
      assertThat(restored(cluster, job).path("is_savepoint").asBoolean(true)).isFalse();
      cluster.awaitCheckpoints(job, 1);
      cluster.awaitTaskManagers(2);

      String savepoint = cluster.stopWithSavepoint(job, false);
      assertThat(cluster.status(job)).isEqualTo(JobStatus.FINISHED);

      String again = cluster.submit(jar, savepoint, 2);
      cluster.awaitRunning(again);
      assertThat(restored(cluster, again).path("external_path").asText()).isEqualTo(savepoint);
      assertThat(cluster.rest("/jobs/" + again).path("vertices"))
          .extracting(vertex -> vertex.path("parallelism").asInt())
          .containsOnly(2);
      assertThat(cluster.savepoint(again)).isNotEqualTo(savepoint);
      assertThat(cluster.list()).contains(again);
      cluster.cancel(again);
      assertThatThrownBy(() -> cluster.awaitRunning(again)).hasMessageContaining("CANCELED");
    }
    assertThat(ProcessHandle.current().children()).isEmpty();
  }
}
