package io.stagehound.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/**
 * A Kafka of one broker and one controller on the loopback device, until its standard input ends:
 * so it never outlives the benchmark, however that ends.
 */
final class BrokerMain {

  /** What the line begins with that names the address. */
  static final String READY = "ready at ";

  private BrokerMain() {}

  /** Takes a folder for what it keeps. */
  public static void main(String[] args) throws Exception {
    KafkaClusterTestKit kafka =
        new KafkaClusterTestKit.Builder(
                new TestKitNodes.Builder()
                    .setNumControllerNodes(1)
                    .setNumBrokerNodes(1)
                    .setBaseDirectory(Path.of(args[0]))
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
            .build();
    try (kafka) {
      PrintStream out = System.out;
      // It tells of each folder.
      System.setOut(
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
      kafka.format();
      kafka.startup();
      kafka.waitForReadyBrokers();
      out.println(READY + kafka.bootstrapServers());
      awaitEndOfInput();
    }
    System.exit(0);
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
  }
}
