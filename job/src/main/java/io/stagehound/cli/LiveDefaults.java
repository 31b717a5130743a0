package io.stagehound.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** What a live hunt needs of Flink where its configuration says nothing else. */
final class LiveDefaults {

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(30);

  /** State is parted by this number for ever: a job can never be wider than it. */
  private static final int MAX_PARALLELISM = 1024;

  private LiveDefaults() {}

  /**
   * Sets them.
   *
   * @param checkpointInterval null for what the configuration says
   * @param scratch where a hunt inside this process keeps its checkpoints
   */
  static void apply(
      StreamExecutionEnvironment env, @Nullable Duration checkpointInterval, Path scratch) {
    ReadableConfig given = env.getConfiguration();
    Configuration defaults = new Configuration();
    if (checkpointInterval != null) {
      defaults.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    } else if (given.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
      defaults.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    }
    if (given.getOptional(PipelineOptions.MAX_PARALLELISM).isEmpty()) {
      defaults.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    }
    if (Main.embedded()) {
      defaults.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      defaults.set(
          CheckpointingOptions.CHECKPOINTS_DIRECTORY,
          scratch.resolve("checkpoints").toUri().toString());
    } else if (given.getOptional(StateBackendOptions.STATE_BACKEND).isEmpty()) {
      defaults.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
      defaults.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    }
    env.configure(defaults);
    env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
  }
}
