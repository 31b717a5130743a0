package io.stagehound.benchmarks;

import io.stagehound.benchmarks.HostEvents.Kind;
import io.stagehound.decode.Decoded;
import io.stagehound.pattern.Catalogue;
import io.stagehound.topology.Ends;
import io.stagehound.topology.EventTimes;
import io.stagehound.topology.StagehoundGraph;
import io.stagehound.topology.Timing;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsHistory;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * The live graph in this process, its events made where they are read and what it finds thrown
 * away: so that what is measured is what events cost from the score on. It tells standard output
 * what it has measured, as one line of numbers.
 */
final class HostLoad {

  /** What the line begins with. */
  static final String MEASURED = "measured ";

  /** What it tells instead where that takes too long. */
  static final String NOT_THROUGH = "not through after ";

  /** How long it may take. */
  static final Duration LONGEST = Duration.ofMinutes(3);

  private static final int PARALLELISM = 2;

  /** As live hunts have it. */
  private static final int MAX_PARALLELISM = 1024;

  private static final MemorySize ROCKSDB_MEMORY = MemorySize.ofMebiBytes(512);

  /** All is forgotten after a week and a day. */
  private static final Duration HISTORY = Duration.ofDays(20);

  /** Watermarks come five times a second. */
  private static final Duration WATERMARK = Duration.ofMillis(600);

  private HostLoad() {}

  /**
   * Measures.
   *
   * @param args the state backend, how many hosts, how many ordinary events, whether memories are
   *     full, and a folder for temporary files
   */
  public static void main(String[] args) throws Exception {
    Thread limit = new Thread(HostLoad::giveUp, "limit");
    limit.setDaemon(true);
    limit.start();
    Configuration configuration = configuration(args[0], Path.of(args[4]));
    int hosts = Integer.parseInt(args[1]);
    long events = Long.parseLong(args[2]);
    HostEvents source =
        new HostEvents(
            hosts, System.currentTimeMillis() - HISTORY.toMillis(), Boolean.parseBoolean(args[3]));
    MiniClusterConfiguration mini =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(PARALLELISM)
            .build();
    try (MiniCluster cluster = new MiniCluster(mini)) {
      cluster.start();
      measure(cluster, start(cluster, configuration, source), source, events);
    }
    // Now and then one of Flink's threads would keep it.
    System.exit(0);
  }

  private static void giveUp() {
    try {
      Thread.sleep(LONGEST.toMillis());
    } catch (InterruptedException e) {
      return;
    }
    System.out.println(NOT_THROUGH + LONGEST.toMinutes() + " min");
    // Whatever else goes on.
    Runtime.getRuntime().halt(0);
  }

  private static Configuration configuration(String backend, Path folder) {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM);
    configuration.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, backend.equals("rocksdb"));
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    configuration.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY, folder.resolve("savepoints").toUri().toString());
    // Taken when they are asked for.
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofDays(1));
    configuration.set(CoreOptions.TMP_DIRS, folder.toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, ROCKSDB_MEMORY);
    return configuration;
  }

  private static JobID start(MiniCluster cluster, Configuration configuration, HostEvents source)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    // The generator is never idle for long, but event time must not leap where it is.
    Timing timing =
        new Timing(Timing.DEFAULT.outOfOrderness(), Duration.ofHours(1), Timing.DEFAULT.lateness());
    StagehoundGraph.build(
        env,
        new Ends(
            new DataGeneratorSource<>(source, Long.MAX_VALUE, TypeInformation.of(Decoded.class)),
            EventTimes.live(timing),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>()),
        Catalogue.all(Catalogue.DEFAULT_WINDOW),
        timing);
    JobID job = cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
    while (!isRunning(cluster, job)) {
      Thread.sleep(20);
    }
    return job;
  }

  private static boolean isRunning(MiniCluster cluster, JobID job) throws Exception {
    AccessExecutionGraph graph = cluster.getExecutionGraph(job).get();
    if (graph.getFailureInfo() != null) {
      throw new IllegalStateException(graph.getFailureInfo().getExceptionAsString());
    }
    // It has none yet while it is initialized.
    return !graph.getAllVertices().isEmpty()
        && graph.getAllVertices().values().stream()
            .allMatch(vertex -> vertex.getAggregateState() == ExecutionState.RUNNING);
  }

  private static void measure(MiniCluster cluster, JobID job, HostEvents source, long events)
      throws Exception {
    long none = storedBytes(cluster, job);
    long noneLive = liveBytes();
    HostEvents.give(1, Kind.REMEMBERED, source.remembered(), PARALLELISM);
    long remembered = storedBytes(cluster, job);
    long rememberedLive = liveBytes();
    // What is measured is compiled by then, and has the memory of processes filled.
    HostEvents.give(2, Kind.ORDINARY, events, PARALLELISM);
    long start = System.nanoTime();
    long startCpu = cpuNanos();
    HostEvents.give(3, Kind.ORDINARY, events, PARALLELISM);
    long nanos = System.nanoTime() - start;
    long cpu = cpuNanos() - startCpu;
    CompletedCheckpointStats loaded = checkpoint(cluster, job);
    HostEvents.give(4, Kind.END, PARALLELISM, PARALLELISM);
    long quiet = storedBytes(cluster, job);
    long quietLive = liveBytes();
    System.out.println(
        MEASURED
            + new HostCosts(
                    nanos / (double) events,
                    cpu / (double) events,
                    remembered - none,
                    rememberedLive - noneLive,
                    loaded.getStateSize(),
                    loaded.getEndToEndDuration(),
                    quiet - none,
                    quietLive - noneLive)
                .line());
    cluster.cancelJob(job).get();
  }

  /**
   * How large what is kept is, in the form that all state backends share: RocksDB's own files also
   * hold what is gone, until it compacts them, and are compressed.
   */
  private static long storedBytes(MiniCluster cluster, JobID job) throws Exception {
    Thread.sleep(WATERMARK.toMillis());
    cluster.triggerSavepoint(job, null, false, SavepointFormatType.CANONICAL).get();
    return taken(history(cluster, job).getLatestSavepoint()).getStateSize();
  }

  private static CompletedCheckpointStats checkpoint(MiniCluster cluster, JobID job)
      throws Exception {
    Thread.sleep(WATERMARK.toMillis());
    cluster.triggerCheckpoint(job, CheckpointType.FULL).get();
    return taken(history(cluster, job).getLatestCompletedCheckpoint());
  }

  private static CheckpointStatsHistory history(MiniCluster cluster, JobID job) throws Exception {
    CheckpointStatsSnapshot stats =
        cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
    if (stats == null) {
      throw new IllegalStateException("no checkpoint was ever taken");
    }
    return stats.getHistory();
  }

  private static CompletedCheckpointStats taken(@Nullable CompletedCheckpointStats stats) {
    if (stats == null) {
      throw new IllegalStateException("no checkpoint was taken");
    }
    return stats;
  }

  /** Of the heap, after a full collection. */
  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
