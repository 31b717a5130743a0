package io.stagehound.cli;

import java.time.Duration;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Flink inside this process, sized for a laptop. */
final class EmbeddedFlink {

  /**
   * Enough for any disk or network that one process reads from. Each takes 8 MiB of direct memory
   * when Flink starts, of which there is as much as of heap.
   */
  private static final int MOST_READERS = 64;

  /**
   * How long a reader that has nothing more to read waits for its thread, which now and then misses
   * that it is to end; Flink would wait for half a minute.
   */
  private static final Duration END_OF_READER = Duration.ofSeconds(1);

  private EmbeddedFlink() {}

  /**
   * Makes known what file systems Flink's plugins bring, where {@code FLINK_PLUGINS_DIR} names a
   * folder of them; a cluster's client has done so.
   */
  static void loadFileSystems() {
    if (System.getenv(ConfigConstants.ENV_FLINK_PLUGINS_DIR) != null && Main.embedded()) {
      Configuration configuration = GlobalConfiguration.loadConfiguration();
      FileSystem.initialize(
          configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
    }
  }

  /**
   * The environment that the job runs in: the cluster's when this process is its client, else one
   * inside this process.
   *
   * @param parallelism null for the cluster's default, or one for each processor
   * @param useful how many readers there is work for; inside this process there are no more
   * @param scratch where Flink inside this process puts what it needs while it runs
   */
  static StreamExecutionEnvironment orCluster(
      @Nullable Integer parallelism, long useful, String scratch) {
    if (!Main.embedded()) {
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
      if (parallelism != null) {
        env.setParallelism(parallelism);
      }
      return env;
    }
    int wanted = parallelism != null ? parallelism : Runtime.getRuntime().availableProcessors();
    int slots = (int) Math.min(wanted, Math.min(useful, MOST_READERS));
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, slots);
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    // Sorts spill to disk beyond this, so that more would only make the start slower.
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32L * slots));
    MemorySize network = MemorySize.ofMebiBytes(16L + 8L * slots);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
    configuration.set(CoreOptions.TMP_DIRS, scratch);
    // All slots are here from the start: there are none to wait for before they are given away.
    configuration.set(ResourceManagerOptions.REQUIREMENTS_CHECK_DELAY, Duration.ZERO);
    // Counts travel with heartbeats; the progress shown is as fresh as they are.
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(500));
    configuration.set(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT, END_OF_READER.toMillis());
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }
}
