package io.stagehound.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.kafka.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A live hunt in a process by itself, as the launcher starts it, until it is interrupted. */
@Tag("cluster")
@Timeout(120)
class WatchEmbeddedIT {

  private static final int TERMINATED = 143;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void alertsUntilItIsInterruptedAndLeavesNothingBehind() throws Exception {
    Path scratch = Files.createDirectory(folder.resolve("tmp"));
    Path err = folder.resolve("err.log");
    try (TestKafka kafka = TestKafka.start(Files.createDirectory(folder.resolve("kafka")))) {
      kafka.createTopic("sysmon", 1);
      kafka.createCompactedTopic("stagehound-alerts", 1);
      kafka.createTopic("stagehound-detections", 1);
      kafka.createTopic("stagehound-dead-letters", 1);
      Process watch =
          StagehoundJar.start(
              scratch,
              err,
              "watch",
              "--bootstrap-servers",
              kafka.bootstrapServers(),
              "--topic",
              "sysmon");
      try {
        kafka.produce(
            "sysmon",
            0,
            List.of(
                Telemetry.archive("ws1", Instant.now(), "a.zip"),
                Telemetry.copy("ws1", Instant.now(), "a.zip")));
        kafka.await(
            "stagehound-alerts",
            IsolationLevel.READ_COMMITTED,
            Duration.ofSeconds(60),
            found -> !found.isEmpty());
        watch.destroy();
        assertThat(watch.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.exitValue()).isEqualTo(TERMINATED);
      } finally {
        watch.destroyForcibly();
      }
    }
    assertThat(Files.readString(err))
        .contains("Watching sysmon as stagehound, job ", "alerts go to stagehound-alerts")
        .containsPattern("INFO .*Alert [0-9a-f]{32} opened: archive-then-unc-copy")
        .doesNotContain("Exception");
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("stagehound-"));
    }
  }
}
