package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.cluster.TestKafka;
import io.stagehound.kafka.Telemetry;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that asks for a password, which lies in a file that a config provider of Kafka reads. */
class WatchSecuredTest {

  @RegisterExtension
  private static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir private Path folder;

  private Path properties(TestKafka kafka, String password) throws Exception {
    Path secrets = Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(secrets.resolve("password"), password);
    return Files.writeString(
        folder.resolve("client.properties"),
        String.join(
            "\n",
            "bootstrap.servers=" + kafka.bootstrapServers(),
            "security.protocol=SASL_PLAINTEXT",
            "sasl.mechanism=PLAIN",
            "config.providers=directory",
            "config.providers.directory.class="
                + "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
            "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\""
                + TestKafka.USER
                + "\" password=\"${directory:"
                + secrets
                + ":password}\";"));
  }

  private static int watch(StringWriter err, Path properties) {
    return Watch.run(
        err,
        "--kafka-properties",
        properties.toString(),
        "--topic",
        "sysmon",
        "--until",
        "latest",
        "--parallelism",
        "1");
  }

  @Test
  void theHuntLogsInAndTellsNoSecret() throws Exception {
    try (TestKafka kafka = TestKafka.startSecured(Files.createDirectory(folder.resolve("kafka")))) {
      kafka.createTopic("sysmon", 1);
      kafka.createCompactedTopic("stagehound-alerts", 1);
      kafka.createTopic("stagehound-detections", 1);
      kafka.createTopic("stagehound-dead-letters", 1);
      Instant now = Instant.now();
      kafka.produce(
          "sysmon",
          0,
          List.of(
              Telemetry.archive("ws1", now, "a.zip"),
              Telemetry.copy("ws1", now.plusSeconds(1), "a.zip")));
      StringWriter err = new StringWriter();
      assertThat(watch(err, properties(kafka, TestKafka.PASSWORD))).as(err.toString()).isZero();
      assertThat(kafka.read("stagehound-alerts", IsolationLevel.READ_COMMITTED)).hasSize(1);
      assertThat(err.toString()).doesNotContain(TestKafka.PASSWORD);
    }
  }
}
