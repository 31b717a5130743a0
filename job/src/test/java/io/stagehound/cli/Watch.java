package io.stagehound.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.awaitility.Awaitility;

/**
 * A live hunt that runs on the tests' MiniCluster, submitted as a user submits it.
 *
 * @param cluster where it runs
 * @param job which it is
 */
public record Watch(ClusterClient<?> cluster, JobID job) implements AutoCloseable {

  private static final Pattern JOB = Pattern.compile("job ([0-9a-f]{32})");
  private static final int PATIENCE_SECONDS = 60;

  /** Starts one with these options. */
  public static Watch start(ClusterClient<?> cluster, String... options) {
    StringWriter err = new StringWriter();
    int exitCode = run(err, options);
    Matcher job = JOB.matcher(err.toString());
    if (exitCode != 0 || !job.find()) {
      throw new AssertionError("exit code " + exitCode + ": " + err);
    }
    Watch watch = new Watch(cluster, JobID.fromHexString(job.group(1)));
    watch.awaitRunning();
    return watch;
  }

  /** Waits until it runs. */
  void awaitRunning() {
    Awaitility.await("it runs")
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(
            () -> {
              JobStatus status = cluster.getJobStatus(job).get();
              if (status == JobStatus.FAILED) {
                cluster
                    .requestJobResult(job)
                    .get()
                    .toJobExecutionResult(getClass().getClassLoader());
              }
              return status == JobStatus.RUNNING;
            });
  }

  /** Runs one with these options to its end. */
  public static int run(StringWriter err, String... options) {
    List<String> arguments = new ArrayList<>(List.of("watch"));
    arguments.addAll(List.of(options));
    return Main.run(
        new PrintWriter(new StringWriter()),
        new PrintWriter(err, true),
        arguments.toArray(String[]::new));
  }

  /**
   * Ends it with a savepoint.
   *
   * @param drain whether event time ends as well
   * @return where the savepoint is
   */
  public String stop(String folder, boolean drain) throws Exception {
    return cluster
        .stopWithSavepoint(job, drain, folder, SavepointFormatType.CANONICAL)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends it, whatever it is doing. */
  @Override
  public void close() throws Exception {
    if (!cluster.getJobStatus(job).get().isGloballyTerminalState()) {
      cluster.cancel(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Awaitility.await("it is cancelled")
          .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .until(() -> cluster.getJobStatus(job).get().isGloballyTerminalState());
    }
  }
}
