package io.stagehound.benchmarks;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A Kafka of one broker in a process of its own, on the loopback device. */
final class Broker implements Closeable {

  /** How many partitions a topic of telemetry has. */
  static final int PARTITIONS = 4;

  private static final byte[] END = "the end of a partition".getBytes(StandardCharsets.UTF_8);

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Child process;
  private final String address;
  private final Admin admin;

  private Broker(Child process, String address) {
    this.process = process;
    this.address = address;
    this.admin = Admin.create(client());
  }

  /** Starts one, which takes some seconds. */
  static Broker start(Path folder) throws IOException, InterruptedException {
    Path logs = Files.createDirectory(folder.resolve("broker"));
    Child process =
        Child.start(
            Child.java(
                List.of("-Xmx1g", "-XX:+UseG1GC"), BrokerMain.class.getName(), logs.toString()),
            folder);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      process.mustRun();
      int ready = process.printed().indexOf(BrokerMain.READY);
      int line = ready < 0 ? -1 : process.printed().indexOf('\n', ready);
      if (line > 0) {
        return new Broker(
            process, process.printed().substring(ready + BrokerMain.READY.length(), line).strip());
      }
      Thread.sleep(POLL.toMillis());
    }
    process.close();
    throw new IllegalStateException("no broker after " + PATIENCE + ":\n" + process.printed());
  }

  /** Where clients connect. */
  String address() {
    return address;
  }

  /** Makes a topic. */
  void createTopic(String topic, int partitions) throws InterruptedException {
    try {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("no topic " + topic, e);
    }
  }

  /**
   * Makes a topic of {@link #PARTITIONS} that holds the lines of these files in turn, and in the
   * end of each partition a record that is no telemetry.
   */
  void load(String topic, List<Path> files) throws IOException, InterruptedException {
    createTopic(topic, PARTITIONS);
    try (Sender sender = sender(Map.of(ProducerConfig.LINGER_MS_CONFIG, 50))) {
      int partition = 0;
      for (Path file : files) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            sender.send(topic, partition, line.getBytes(StandardCharsets.UTF_8));
            partition = (partition + 1) % PARTITIONS;
          }
        }
      }
      for (int ended = 0; ended < PARTITIONS; ended++) {
        sender.send(topic, ended, END);
      }
    }
  }

  /** How many committed records a topic holds. */
  long count(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
      return consumer.endOffsets(consumer.assignment()).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  /** A sender with these options beside those that matter. */
  Sender sender(Map<String, Object> options) {
    Map<String, Object> all = client();
    all.put(ProducerConfig.ACKS_CONFIG, "1");
    all.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    all.putAll(options);
    return new Sender(all);
  }

  /** A consumer of committed records of a whole topic, at its beginning. */
  KafkaConsumer<byte[], byte[]> consumer(String topic) {
    Map<String, Object> options = client();
    options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    options.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    consumer
        .partitionsFor(topic)
        .forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
    consumer.assign(partitions);
    return consumer;
  }

  private Map<String, Object> client() {
    Map<String, Object> options = new HashMap<>();
    options.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address);
    return options;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    process.close();
  }
}
