package io.stagehound.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker that tests use keeps what a broker promises. */
@Timeout(120)
class TestKafkaTest {

  @TempDir private static Path folder;
  private static TestKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    kafka = TestKafka.start(folder.resolve("kafka"));
  }

  @AfterAll
  static void close() {
    if (kafka != null) {
      kafka.close();
    }
  }

  private static List<String> values(String topic, IsolationLevel isolation) {
    return kafka.read(topic, isolation).stream().map(ConsumerRecord::value).toList();
  }

  private static void send(
      KafkaProducer<String, String> producer, ProducerRecord<String, String> sent)
      throws Exception {
    producer.send(sent).get(60, TimeUnit.SECONDS);
  }

  @Test
  void recordsAreReadAsTheyWereWritten() throws Exception {
    kafka.createTopic("written", 3);
    kafka.produce(
        List.of(
            TestKafka.text("written", 2, 1_000L, "key", "third partition"),
            TestKafka.text("written", 0, 2_000L, null, "first partition"),
            TestKafka.text("written", 2, 3_000L, "key", null)));
    assertThat(kafka.read("written", IsolationLevel.READ_COMMITTED))
        .extracting(
            ConsumerRecord::partition,
            ConsumerRecord::offset,
            ConsumerRecord::timestamp,
            ConsumerRecord::key,
            ConsumerRecord::value)
        .containsExactly(
            tuple(0, 0L, 2_000L, null, "first partition"),
            tuple(2, 0L, 1_000L, "key", "third partition"),
            tuple(2, 1L, 3_000L, "key", null));
  }

  @Test
  void onlyCommittedRecordsAreReadCommitted() throws Exception {
    kafka.createTopic("transactions", 1);
    try (KafkaProducer<String, String> producer = kafka.transactionalProducer("smoke")) {
      producer.beginTransaction();
      send(producer, new ProducerRecord<>("transactions", "committed"));
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, new ProducerRecord<>("transactions", "aborted"));
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, new ProducerRecord<>("transactions", "open"));
      assertThat(values("transactions", IsolationLevel.READ_COMMITTED))
          .containsExactly("committed");
      assertThat(values("transactions", IsolationLevel.READ_UNCOMMITTED))
          .containsExactly("committed", "aborted", "open");
      producer.commitTransaction();
      assertThat(values("transactions", IsolationLevel.READ_COMMITTED))
          .containsExactly("committed", "open");
    }
  }

  @Test
  void anAwaitedRecordThatDoesNotComeIsAFailureThatSaysWhatCame() throws Exception {
    kafka.createTopic("awaited", 1);
    kafka.produce("awaited", 0, List.of("came"));
    assertThatThrownBy(
            () ->
                kafka.await(
                    "awaited",
                    IsolationLevel.READ_COMMITTED,
                    Duration.ofSeconds(1),
                    found -> found.size() == 2))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 records")
        .hasMessageContaining("came");
  }

  @Test
  void aRestartKeepsRecordsAndOpenTransactionsAndClientsGoOn() throws Exception {
    kafka.createCompactedTopic("restarted", 2);
    String address = kafka.bootstrapServers();
    try (KafkaProducer<String, String> producer = kafka.transactionalProducer("over-a-restart")) {
      kafka.produce(
          IntStream.range(0, 1_000)
              .mapToObj(i -> TestKafka.text("restarted", 0, null, "before-" + i, "before"))
              .toList());
      producer.beginTransaction();
      send(producer, new ProducerRecord<>("restarted", 1, "in-transaction", "before the restart"));

      kafka.stopBroker();
      CompletableFuture<List<ConsumerRecord<String, String>>> reader =
          CompletableFuture.supplyAsync(
              () ->
                  kafka.await(
                      "restarted",
                      IsolationLevel.READ_COMMITTED,
                      TestKafka.PATIENCE,
                      found -> found.size() == 1_003));
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try {
                  kafka.produce(
                      List.of(
                          new ProducerRecord<>(
                              "restarted",
                              0,
                              "while-down".getBytes(StandardCharsets.UTF_8),
                              "sent while there was no broker".getBytes(StandardCharsets.UTF_8))));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      kafka.startBroker();

      writer.get(60, TimeUnit.SECONDS);
      send(producer, new ProducerRecord<>("restarted", 1, "in-transaction", "after the restart"));
      producer.commitTransaction();
      assertThat(reader.get(60, TimeUnit.SECONDS))
          .extracting(ConsumerRecord::value)
          .endsWith("sent while there was no broker", "before the restart", "after the restart");
      assertThat(kafka.bootstrapServers()).isEqualTo(address);
    }
  }
}
