package io.stagehound.kafka;

import io.stagehound.decode.Decoded;
import io.stagehound.output.AlertFormat;
import io.stagehound.output.DeadLetterFormat;
import io.stagehound.output.DetectionFormat;
import io.stagehound.output.LineFormat;
import io.stagehound.topology.Ends;
import io.stagehound.topology.EventTimes;
import io.stagehound.topology.Timing;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.base.source.hybrid.HybridSource;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** The ends of a live hunt: topics of telemetry in, topics of lines out. */
public final class KafkaEnds {

  /** How often new partitions, and new topics of a pattern, are looked for. */
  private static final Duration DISCOVERY_INTERVAL = Duration.ofMinutes(1);

  /** As long as brokers allow without being told otherwise; Flink's own default is longer. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  private final String name;
  private final KafkaTopics topics;
  private final Properties client;
  private final Delivery delivery;

  /**
   * Ends of the hunt of this name.
   *
   * @param name the consumer group, and what transactional ids begin with: of no other hunt, and
   *     the same at every start
   * @param client configuration of Kafka's clients, with their bootstrap servers
   */
  public KafkaEnds(String name, KafkaTopics topics, Properties client, Delivery delivery) {
    this.name = name;
    this.topics = topics;
    this.client = client;
    this.delivery = delivery;
  }

  /** Ends that read the topics from a place on. */
  public Ends live(Position from, Timing timing) {
    return ends(telemetry(from, null), EventTimes.live(timing));
  }

  /** Ends that read files of history, and then the topics from a place on. */
  public Ends afterHistory(FileSource<Decoded> history, Position from, Timing timing) {
    return ends(
        HybridSource.builder(history).addSource(telemetry(from, null)).build(),
        EventTimes.live(timing));
  }

  /** Ends that read the topics from one place to another, for BATCH mode. */
  public Ends bounded(Position from, Position until) {
    return ends(telemetry(from, until), EventTimes.ofHistory());
  }

  /** How long Kafka keeps a transaction of these clients open. */
  public static Duration transactionTimeout(Properties client) {
    String millis = client.getProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
    try {
      return millis == null
          ? TRANSACTION_TIMEOUT
          : Duration.ofMillis(Long.parseLong(millis.strip()));
    } catch (NumberFormatException e) {
      // Kafka's client says what is wrong with it.
      return TRANSACTION_TIMEOUT;
    }
  }

  private Ends ends(Source<Decoded, ?, ?> telemetry, WatermarkStrategy<Decoded> eventTimes) {
    return new Ends(
        telemetry,
        eventTimes,
        lines(topics.detections(), "detections", new DetectionFormat()),
        lines(topics.detections(), "later-detections", new DetectionFormat()),
        lines(topics.alerts(), "alerts", new AlertFormat()),
        lines(topics.deadLetters(), "dead-letters", new DeadLetterFormat()));
  }

  private KafkaSource<Decoded> telemetry(Position from, @Nullable Position until) {
    KafkaSourceBuilder<Decoded> source =
        KafkaSource.<Decoded>builder()
            .setProperties(withDefault(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"))
            .setProperty(
                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                Long.toString(DISCOVERY_INTERVAL.toMillis()))
            .setGroupId(name)
            .setClientIdPrefix(name)
            .setStartingOffsets(from.offsets())
            .setDeserializer(new TelemetryDeserializer());
    if (topics.telemetryPattern() != null) {
      source.setTopicPattern(topics.telemetryPattern());
    } else {
      source.setTopics(topics.telemetry());
    }
    if (until != null) {
      source.setBounded(until.offsets());
    }
    return source.build();
  }

  private <T> Sink<T> lines(String topic, String what, LineFormat<T> format) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(client.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
        .setKafkaProducerConfig(
            withDefault(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(TRANSACTION_TIMEOUT.toMillis())))
        .setDeliveryGuarantee(delivery.guarantee())
        .setTransactionalIdPrefix(name + "-" + what)
        .setRecordSerializer(new LineSerializer<>(topic, format))
        .build();
  }

  private Properties withDefault(String key, String value) {
    Properties copy = new Properties();
    copy.putAll(client);
    copy.putIfAbsent(key, value);
    return copy;
  }
}
