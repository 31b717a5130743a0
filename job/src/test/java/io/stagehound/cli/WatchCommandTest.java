package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagehound.cluster.TestKafka;
import io.stagehound.kafka.Telemetry;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.test.junit5.InjectClusterClient;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Live hunts on a real Kafka and a MiniCluster, as a user submits them. */
class WatchCommandTest extends LiveTest {

  // ---- from telemetry to alerts

  @Test
  void aChainThatEndsNowIsAnAlertWithinFifteenSecondsWithoutMoreTraffic(
      @InjectClusterClient ClusterClient<?> cluster) throws Exception {
    try (Watch watch = Watch.start(cluster, options())) {
      chain("before", Instant.now().minusSeconds(60), 1);
      await("-alerts", hosts("before"));
      long start = System.nanoTime();
      chain("ws1", Instant.now().minusSeconds(1), 0);
      List<ConsumerRecord<String, String>> records =
          kafka.await(
              test + "-alerts",
              IsolationLevel.READ_COMMITTED,
              SOON,
              found -> hosts("before", "ws1").test(lines(found)));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
      JsonNode alert = lines(records).get(1);
      assertThat(records.get(1).key()).isEqualTo(alert.path("alert_id").asText());
      assertThat(alert.path("state").asText()).isEqualTo("open");
      assertThat(alert.path("severity").asText()).isEqualTo("critical");
      assertThat(alert.path("late").asBoolean()).isFalse();
      assertThat(watch.job()).isNotNull();
    }
  }

  @Test
  void everythingReadIsTold(@InjectClusterClient ClusterClient<?> cluster) throws Exception {
    kafka.createTopic(in() + "-more", 1);
    String noise = "\u001b[31m no record";
    kafka.produce(in(), 1, List.of(Telemetry.other("dc"), noise, Telemetry.file("ws1", now)));
    kafka.produce(
        in() + "-more",
        0,
        List.of("[" + Telemetry.file("ws2", now) + "," + Telemetry.file("ws3", now) + "]"));
    kafka.produce(List.of(TestKafka.text(in(), 0, null, "key", null)));
    try (Watch watch = Watch.start(cluster, options("--topic", in() + "," + in() + "-more"))) {
      List<ConsumerRecord<String, String>> detections =
          kafka.await(
              test + "-detections",
              IsolationLevel.READ_COMMITTED,
              SOON,
              found -> hosts("ws1", "ws2", "ws3").test(lines(found)));
      assertThat(detections)
          .allSatisfy(
              line ->
                  assertThat(line.key())
                      .isEqualTo(lines(List.of(line)).get(0).path("host").asText()));
      JsonNode deadLetter = await("-dead", lines -> !lines.isEmpty()).get(0);
      assertThat(deadLetter.path("origin").asText()).isEqualTo(in() + "/1");
      assertThat(deadLetter.path("position").asLong()).isEqualTo(1);
      assertThat(deadLetter.path("excerpt").asText()).isEqualTo(noise);
      assertThat(watch.job()).isNotNull();
    }
  }

  @Test
  void aPatternOfTopicsIsRead(@InjectClusterClient ClusterClient<?> cluster) throws Exception {
    kafka.createTopic(test + "-sysmon-a", 1);
    kafka.createTopic(test + "-sysmon-b", 1);
    kafka.produce(test + "-sysmon-a", 0, List.of(Telemetry.file("ws1", now)));
    kafka.produce(test + "-sysmon-b", 0, List.of(Telemetry.file("ws2", now)));
    kafka.produce(in(), 0, List.of(Telemetry.file("ws3", now)));
    try (Watch watch = Watch.start(cluster, options("--topic-pattern", test + "-sysmon-.*"))) {
      await("-detections", hosts("ws1", "ws2"));
      assertThat(watch.job()).isNotNull();
    }
  }

  @Test
  void aRecordThatNoBrokerWouldTakeIsCut(@InjectClusterClient ClusterClient<?> cluster)
      throws Exception {
    String name = "x".repeat(960_000) + ".zip";
    kafka.produce(
        in(), 0, List.of(Telemetry.copy("ws1", now, name + " " + "\u00fc".repeat(40_000))));
    try (Watch watch = Watch.start(cluster, options())) {
      JsonNode detection = await("-detections", hosts("ws1")).get(0);
      assertThat(detection.path("CommandLine").asText()).hasSize(8192);
      assertThat(watch.job()).isNotNull();
    }
  }

  // ---- where it starts and ends

  @Test
  void itStartsWhereItIsTold(@InjectClusterClient ClusterClient<?> cluster) throws Exception {
    Instant early = now.minus(Duration.ofDays(3));
    kafka.produce(
        List.of(
            TestKafka.text(in(), 0, early.toEpochMilli(), null, Telemetry.file("ws1", early)),
            TestKafka.text(
                in(),
                0,
                early.plusSeconds(60).toEpochMilli(),
                null,
                Telemetry.file("ws2", early.plusSeconds(60)))));
    try (Watch watch = Watch.start(cluster, options("--from", "latest", "--name", test + "a"))) {
      // Which offsets are the latest is asked when the hunt starts: so it is given time to ask.
      await(
          "-detections",
          lines -> {
            produce(Telemetry.file("ws3", now));
            return hosts("ws3").test(lines);
          });
      assertThat(watch.job()).isNotNull();
    }
    try (Watch watch =
        Watch.start(
            cluster, options("--from", early.plusSeconds(30).toString(), "--name", test + "b"))) {
      await("-detections", hosts("ws2", "ws3"));
      assertThat(watch.job()).isNotNull();
    }
    try (Watch watch = Watch.start(cluster, options("--from", "earliest"))) {
      await("-detections", hosts("ws1", "ws2", "ws3"));
      awaitCommitted();
      assertThat(watch.job()).isNotNull();
    }
    int before = kafka.read(test + "-detections", IsolationLevel.READ_COMMITTED).size();
    kafka.produce(in(), 0, List.of(Telemetry.file("ws4", now)));
    try (Watch watch = Watch.start(cluster, options("--from", "committed"))) {
      List<JsonNode> after = await("-detections", hosts("ws1", "ws2", "ws3", "ws4"));
      assertThat(after).as("only what came since").hasSize(before + 1);
      assertThat(watch.job()).isNotNull();
    }
  }

  /** Waits until the hunt's place is at the end of the topic. */
  private void awaitCommitted() throws Exception {
    TopicPartition partition = new TopicPartition(in(), 0);
    ListOffsetsResult ends = kafka.admin().listOffsets(Map.of(partition, OffsetSpec.latest()));
    long end = ends.partitionResult(partition).get().offset();
    Awaitility.await("the hunt commits its place")
        .atMost(SOON)
        .until(
            () -> {
              OffsetAndMetadata committed =
                  kafka
                      .admin()
                      .listConsumerGroupOffsets(test)
                      .partitionsToOffsetAndMetadata()
                      .get()
                      .get(partition);
              return committed != null && committed.offset() == end;
            });
  }

  private void produce(String value) {
    try {
      kafka.produce(in(), 0, List.of(value));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "until {0}")
  @CsvSource({"latest, 2", "time, 1"})
  void aBoundedHuntEndsAndWritesEachAlertOnce(
      String until, int alerts, @InjectClusterClient ClusterClient<?> cluster) throws Exception {
    Instant day = now.minus(Duration.ofDays(2));
    for (int hour : new int[] {0, 10}) {
      Instant time = day.plus(Duration.ofHours(hour));
      String host = "ws" + hour;
      // The copy comes before its archive: history is sorted.
      kafka.produce(
          List.of(
              TestKafka.text(
                  in(), 0, time.toEpochMilli(), null, Telemetry.copy(host, time, "a.zip")),
              TestKafka.text(
                  in(),
                  1,
                  time.toEpochMilli(),
                  null,
                  Telemetry.archive(host, time.minusSeconds(5), "a.zip"))));
    }
    String place = until.equals("time") ? day.plus(Duration.ofHours(5)).toString() : until;
    StringWriter err = new StringWriter();
    int exitCode = Watch.run(err, options("--from", "earliest", "--until", place));
    assertThat(exitCode).as(err.toString()).isZero();
    assertThat(cluster).isNotNull();
    List<JsonNode> found = lines(kafka.read(test + "-alerts", IsolationLevel.READ_COMMITTED));
    assertThat(found).hasSize(alerts);
    assertThat(found).extracting(alert -> alert.path("state").asText()).containsOnly("closed");
  }

  @Test
  void historyIsFollowedByTheTopicWithoutASeam(@InjectClusterClient ClusterClient<?> cluster)
      throws Exception {
    Instant end = now.minus(Duration.ofHours(1));
    Path files = Files.createDirectory(folder.resolve(test));
    // In no order of time, and in two files.
    Files.write(
        files.resolve("a.ndjson"),
        List.of(
            Telemetry.copy("inside", end.minusSeconds(60), "a.zip"),
            Telemetry.archive("across", end.minusSeconds(5), "b.zip"),
            Telemetry.archive("twice", end.minusSeconds(30), "c.zip"),
            Telemetry.copy("twice", end, "c.zip")));
    Files.write(
        files.resolve("b.ndjson"),
        List.of(Telemetry.archive("inside", end.minus(Duration.ofHours(3)), "a.zip")));
    Instant before = end.minusSeconds(45);
    kafka.produce(
        List.of(
            TestKafka.text(
                in(), 0, before.toEpochMilli(), null, Telemetry.file("read-before", before)),
            TestKafka.text(
                in(), 0, end.toEpochMilli(), null, Telemetry.copy("twice", end, "c.zip")),
            TestKafka.text(
                in(),
                1,
                end.plusSeconds(5).toEpochMilli(),
                null,
                Telemetry.copy("across", end.plusSeconds(5), "b.zip"))));
    try (Watch watch = Watch.start(cluster, options("--history", files.toString()))) {
      List<JsonNode> alerts = await("-alerts", hosts("across", "inside", "twice"));
      assertThat(alerts).as("no alert twice").hasSize(3);
      assertThat(alerts).allSatisfy(alert -> assertThat(alert.path("late").asBoolean()).isFalse());
      assertThat(alerts)
          .extracting(alert -> alert.path("step_counts").path("copy").asLong())
          .containsOnly(1L);
      assertThat(await("-detections", hosts("across", "inside", "twice")))
          .as("the topic is read from where the files end")
          .hasSize(7);
      assertThat(watch.job()).isNotNull();
    }
  }

  // ---- delivery

  @ParameterizedTest(name = "{0}")
  @CsvSource({"at-least-once", "exactly-once"})
  void bothGuaranteesBringEachAlertOnceWhenNothingFails(
      String delivery, @InjectClusterClient ClusterClient<?> cluster) throws Exception {
    chain("ws1", now.minusSeconds(30), 0);
    try (Watch first = Watch.start(cluster, options("--delivery", delivery));
        Watch second =
            Watch.start(cluster, options("--delivery", delivery, "--name", test + "-second"))) {
      List<JsonNode> alerts = await("-alerts", lines -> lines.size() == 2);
      assertThat(alerts)
          .as("two hunts, one alert")
          .extracting(a -> a.path("alert_id").asText())
          .containsOnly(alerts.get(0).path("alert_id").asText());
      first.stop(folder.resolve("savepoints").toUri().toString(), true);
      second.stop(folder.resolve("savepoints").toUri().toString(), true);
    }
    List<JsonNode> all = lines(kafka.read(test + "-alerts", IsolationLevel.READ_COMMITTED));
    assertThat(all)
        .extracting(alert -> alert.path("state").asText())
        .as("a drained hunt closes its alerts")
        .containsExactlyInAnyOrder("open", "open", "closed", "closed");
    assertThat(kafka.read(test + "-detections", IsolationLevel.READ_COMMITTED)).hasSize(4);
  }

  // ---- usage

  @ParameterizedTest(name = "watch {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--topic a                                          | where is Kafka?",
        "--bootstrap-servers x:1                            | --topic",
        "--bootstrap-servers x:1 --topic a --topic-pattern b| --topic",
        "--bootstrap-servers x:1 --topic-pattern (          | --topic-pattern (: Unclosed group",
        "--bootstrap-servers x:1 --topic a --from yesterday | 'yesterday' is no place in a topic",
        "--bootstrap-servers x:1 --topic a --until committed| give latest or a time that is over",
        "--bootstrap-servers x:1 --topic a --until earliest | give latest or a time that is over",
        "--bootstrap-servers x:1 --topic a --until 2200-01-01 | give latest or a time that is over",
        "--bootstrap-servers x:1 --topic a --until latest --name b --delivery exactly-once | one transaction",
        "--bootstrap-servers x:1 --topic stagehound-alerts  | would read what it writes",
        "--bootstrap-servers x:1 --topic-pattern s.*        | would read what it writes",
        "--bootstrap-servers x:1 --topic a --alerts-topic b --detections-topic b | a topic of their own",
        "--bootstrap-servers x:1 --topic a --alerts-topic b/c | 'b/c' is no topic's name",
        "--bootstrap-servers x:1 --topic a --name b/c       | --name 'b/c'",
        "--bootstrap-servers x:1 --topic a --idle-timeout 0s | --idle-timeout 0ms: give 100ms or more",
        "--bootstrap-servers x:1 --topic a --lateness 999d  | give 365d or less",
        "--bootstrap-servers x:1 --topic a --name b --delivery exactly-once --checkpoint-interval 15min | shorter",
        "--bootstrap-servers x:1 --topic a --delivery often | 'often' is no delivery",
        "--bootstrap-servers x:1 --topic a --delivery exactly-once | needs --name",
        "--bootstrap-servers x:1 --topic a --window 10      | '10' is no time",
        "--bootstrap-servers x:1 --topic a --kafka-properties nowhere | no such file",
      })
  void wrongUsageIsOneClearLine(String arguments, String expected) {
    StringWriter err = new StringWriter();
    assertThat(Watch.run(err, arguments.split(" +", -1))).isEqualTo(2);
    assertThat(err.toString()).startsWith("stagehound: ").contains(expected);
  }

  @Test
  void whatStagehoundSetsItselfIsRefused() throws IOException {
    Path properties =
        Files.writeString(
            folder.resolve("client.properties"),
            "bootstrap.servers=x:1\ngroup.id=mine\nssl.keystore.password=hunter2\n");
    StringWriter err = new StringWriter();
    assertThat(Watch.run(err, "--topic", "a", "--kafka-properties", properties.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("[group.id]").doesNotContain("hunter2");
  }

  @Test
  void aTopicThatIsNotThereIsToldAtOnce() {
    StringWriter err = new StringWriter();
    assertThat(Watch.run(err, options("--topic", test + "-nowhere"))).isEqualTo(1);
    assertThat(err.toString()).contains("there is no topic " + test + "-nowhere to read");
  }
}
