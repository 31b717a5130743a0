package io.stagehound.cli;

import io.stagehound.kafka.Delivery;
import io.stagehound.kafka.KafkaEnds;
import io.stagehound.kafka.KafkaTopics;
import io.stagehound.kafka.Position;
import io.stagehound.pattern.StepPattern;
import io.stagehound.topology.StagehoundGraph;
import io.stagehound.topology.Timing;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The graph of a live hunt with patterns of a test's choice, started from a savepoint. */
record LiveGraph(ClusterClient<?> cluster, String bootstrapServers, String topic, Path folder) {

  /**
   * Starts it.
   *
   * @param savepoint null to start without
   */
  Watch start(@Nullable String savepoint, int parallelism, List<StepPattern> patterns)
      throws Exception {
    return start(savepoint, false, parallelism, patterns);
  }

  /** Starts it from the savepoint of a graph that had patterns which this one has not. */
  Watch startWithout(String savepoint, int parallelism, List<StepPattern> patterns)
      throws Exception {
    return start(savepoint, true, parallelism, patterns);
  }

  private Watch start(
      @Nullable String savepoint,
      boolean ignoringUnclaimed,
      int parallelism,
      List<StepPattern> patterns)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(parallelism);
    if (savepoint != null) {
      Configuration restore = new Configuration();
      restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      restore.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, ignoringUnclaimed);
      env.configure(restore);
    }
    LiveDefaults.apply(env, null, folder);
    Properties client = new Properties();
    client.setProperty("bootstrap.servers", bootstrapServers);
    KafkaTopics topics =
        new KafkaTopics(
            List.of(topic + "-in"),
            null,
            topic + "-alerts",
            topic + "-detections",
            topic + "-dead");
    StagehoundGraph.build(
        env,
        new KafkaEnds(topic, topics, client, Delivery.AT_LEAST_ONCE)
            .live(Position.parse("earliest"), Timing.DEFAULT),
        patterns,
        Timing.DEFAULT);
    Watch watch = new Watch(cluster, env.executeAsync(topic).getJobID());
    watch.awaitRunning();
    return watch;
  }
}
