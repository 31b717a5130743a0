package io.stagehound.cluster;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import kafka.server.BrokerServer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.test.JaasUtils;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka of one broker in this process, with a controller that stays up while the broker restarts.
 * Keys and values are read as UTF-8. Everything that waits gives up after {@link #PATIENCE}.
 */
public final class TestKafka implements AutoCloseable {

  /** How long an operation may take, a restart of the broker in the middle included. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(200);

  /** Who a broker that asks for a password lets in. */
  public static final String USER = JaasUtils.KAFKA_PLAIN_ADMIN;

  /** The password of {@link #USER}. */
  public static final String PASSWORD = JaasUtils.KAFKA_PLAIN_ADMIN_PASSWORD;

  private final KafkaClusterTestKit kit;
  private final SecurityProtocol protocol;
  private final String bootstrapServers;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  private TestKafka(KafkaClusterTestKit kit, SecurityProtocol protocol) {
    this.kit = kit;
    this.protocol = protocol;
    bootstrapServers = kit.bootstrapServers();
    admin = Admin.create(clientOptions());
    producer =
        new KafkaProducer<>(
            producerOptions(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Starts one, which takes three seconds.
   *
   * @param folder an empty folder for its logs
   */
  public static TestKafka start(Path folder) throws Exception {
    return start(folder, SecurityProtocol.PLAINTEXT);
  }

  /** Starts one that asks for a password, by SASL's PLAIN. */
  public static TestKafka startSecured(Path folder) throws Exception {
    return start(folder, SecurityProtocol.SASL_PLAINTEXT);
  }

  private static TestKafka start(Path folder, SecurityProtocol protocol) throws Exception {
    KafkaClusterTestKit kit =
        new KafkaClusterTestKit.Builder(
                new TestKitNodes.Builder()
                    .setBrokerSecurityProtocol(protocol)
                    .setControllerSecurityProtocol(protocol)
                    .setNumControllerNodes(1)
                    .setNumBrokerNodes(1)
                    .setBaseDirectory(folder)
                    .build())
            .setConfigProp("auto.create.topics.enable", "false")
            .setConfigProp("default.replication.factor", "1")
            .setConfigProp("offsets.topic.replication.factor", "1")
            .setConfigProp("offsets.topic.num.partitions", "2")
            .setConfigProp("transaction.state.log.replication.factor", "1")
            .setConfigProp("transaction.state.log.min.isr", "1")
            .setConfigProp("transaction.state.log.num.partitions", "2")
            .setConfigProp("share.coordinator.state.topic.replication.factor", "1")
            .setConfigProp("share.coordinator.state.topic.min.isr", "1")
            .setConfigProp("group.initial.rebalance.delay.ms", "0")
            // The controller takes a restarted broker back when the session before has run out.
            .setConfigProp("broker.session.timeout.ms", "3000")
            .setConfigProp("broker.heartbeat.interval.ms", "300")
            // A transaction whose producer was killed holds its readers up until it is aborted.
            .setConfigProp("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000")
            .build();
    try {
      formatQuietly(kit);
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            kit.startup();
            kit.waitForReadyBrokers();
          });
      return new TestKafka(kit, protocol);
    } catch (Exception | Error e) {
      kit.close();
      throw e;
    }
  }

  /** Formats the folders; Kafka tells standard output of each. */
  private static void formatQuietly(KafkaClusterTestKit kit) throws Exception {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      kit.format();
    } finally {
      System.setOut(out);
    }
  }

  /** Where clients connect; the same after a restart. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** A client for what this class has no method for. */
  public Admin admin() {
    return admin;
  }

  /** Makes a topic that keeps every record. */
  public void createTopic(String topic, int partitions) throws Exception {
    createTopic(topic, partitions, Map.of());
  }

  /** Makes a topic that keeps the last record of each key. */
  public void createCompactedTopic(String topic, int partitions) throws Exception {
    createTopic(
        topic,
        partitions,
        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  private void createTopic(String topic, int partitions, Map<String, String> options)
      throws Exception {
    get(
        admin
            .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(options)))
            .all()
            .toCompletionStage()
            .toCompletableFuture());
  }

  /** Writes records, with whatever partition, timestamp and bytes they carry, and awaits them. */
  public void produce(Collection<ProducerRecord<byte[], byte[]>> records) throws Exception {
    List<Future<RecordMetadata>> written = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> produced : records) {
      written.add(producer.send(produced));
    }
    producer.flush();
    for (Future<RecordMetadata> one : written) {
      get(one);
    }
  }

  /** Writes these values in order to one partition, and awaits them. */
  public void produce(String topic, int partition, List<String> values) throws Exception {
    produce(values.stream().map(value -> text(topic, partition, null, null, value)).toList());
  }

  /**
   * A record of text.
   *
   * @param partition null for the one of its key, or any
   * @param timestamp in milliseconds, null for now
   */
  public static ProducerRecord<byte[], byte[]> text(
      String topic,
      @Nullable Integer partition,
      @Nullable Long timestamp,
      @Nullable String key,
      @Nullable String value) {
    try (StringSerializer serializer = new StringSerializer()) {
      return new ProducerRecord<>(
          topic,
          partition,
          timestamp,
          serializer.serialize(topic, key),
          serializer.serialize(topic, value));
    }
  }

  /** A producer that is ready for its first transaction; the caller closes it. */
  public KafkaProducer<String, String> transactionalProducer(String transactionalId) {
    Map<String, Object> options = producerOptions();
    options.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    KafkaProducer<String, String> transactional =
        new KafkaProducer<>(options, new StringSerializer(), new StringSerializer());
    transactional.initTransactions();
    return transactional;
  }

  /**
   * Reads what the topic holds now, by partition, then offset.
   *
   * @param isolation committed: up to the first transaction that is still open
   */
  public List<ConsumerRecord<String, String>> read(String topic, IsolationLevel isolation) {
    try (KafkaConsumer<String, String> consumer = consumer(topic, isolation)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      List<ConsumerRecord<String, String>> found = new ArrayList<>();
      Instant deadline = Instant.now().plus(PATIENCE);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError(
              "the end of " + topic + " was not reached in time: " + summary(found));
        }
        consumer.poll(POLL).forEach(found::add);
      }
      // What was written meanwhile is not of now.
      return sorted(
          found.stream()
              .filter(
                  one ->
                      one.offset()
                          < ends.getOrDefault(new TopicPartition(topic, one.partition()), 0L))
              .toList());
    }
  }

  /**
   * Reads a topic from its start, on and on, until what was read fulfils the condition.
   *
   * @param condition of everything read so far, by partition, then offset
   * @return what fulfils it
   */
  public List<ConsumerRecord<String, String>> await(
      String topic,
      IsolationLevel isolation,
      Duration limit,
      Predicate<List<ConsumerRecord<String, String>>> condition) {
    Instant deadline = Instant.now().plus(limit);
    try (KafkaConsumer<String, String> consumer = consumer(topic, isolation)) {
      List<ConsumerRecord<String, String>> found = new ArrayList<>();
      while (!condition.test(found)) {
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError(
              "not in " + topic + " within " + limit + ", which holds " + summary(found));
        }
        consumer.poll(POLL).forEach(found::add);
        found = sorted(found);
      }
      return found;
    }
  }

  private static List<ConsumerRecord<String, String>> sorted(
      List<ConsumerRecord<String, String>> records) {
    List<ConsumerRecord<String, String>> sorted = new ArrayList<>(records);
    sorted.sort(
        Comparator.<ConsumerRecord<String, String>>comparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset));
    return sorted;
  }

  private static String summary(List<ConsumerRecord<String, String>> records) {
    List<String> last =
        records.subList(Math.max(0, records.size() - 3), records.size()).stream()
            .map(one -> one.partition() + ":" + one.offset() + " " + one.value())
            .toList();
    return records.size() + " records, the last of them " + last;
  }

  /** Stops the broker; its clients try on, and what it holds stays. */
  public void stopBroker() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          broker().shutdown();
          broker().awaitShutdown();
        });
  }

  /** Starts the stopped broker again, at the same address, and waits until it serves. */
  public void startBroker() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          broker().startup();
          kit.waitForReadyBrokers();
        });
  }

  private BrokerServer broker() {
    return kit.brokers().values().iterator().next();
  }

  /** Ends clients and servers, and removes what they held. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
    assertTimeoutPreemptively(PATIENCE, kit::close);
  }

  private KafkaConsumer<String, String> consumer(String topic, IsolationLevel isolation) {
    Map<String, Object> options = clientOptions();
    options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    options.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(options, new StringDeserializer(), new StringDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
    return consumer;
  }

  private Map<String, Object> producerOptions() {
    Map<String, Object> options = clientOptions();
    options.put(ProducerConfig.ACKS_CONFIG, "all");
    options.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    options.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    return options;
  }

  private Map<String, Object> clientOptions() {
    Map<String, Object> options = new HashMap<>();
    options.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    options.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    options.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    if (protocol == SecurityProtocol.SASL_PLAINTEXT) {
      options.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
      options.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
      options.put(
          SaslConfigs.SASL_JAAS_CONFIG,
          "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
              + USER
              + "\" password=\""
              + PASSWORD
              + "\";");
    }
    return options;
  }

  private static <T> void get(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
