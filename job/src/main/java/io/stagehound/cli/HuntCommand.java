package io.stagehound.cli;

import io.stagehound.file.FileEnds;
import io.stagehound.file.HuntResults;
import io.stagehound.file.HuntSummary;
import io.stagehound.file.Locations;
import io.stagehound.file.Streams;
import io.stagehound.file.TelemetryFiles;
import io.stagehound.file.WrongPathException;
import io.stagehound.pattern.StepPattern;
import io.stagehound.topology.StagehoundGraph;
import io.stagehound.topology.Timing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hunts through files of telemetry. */
@Command(
    name = "hunt",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Hunts through files of Windows telemetry (Sysmon as JSON or XML, plain or gzip, of any"
          + " collector), and writes what it finds into a folder:",
      "  detections.ndjson    every event with a staging indicator, by score, then time",
      "  alerts.ndjson        what belongs together, as one alert, by risk",
      "  dead-letters.ndjson  records that could not be used, and why",
      "  summary.json         the numbers",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stagehound hunt samples",
      "  stagehound hunt -o case-42 --window 72h 'logs/2026-0[1-6]*.json.gz'",
      "  flink run stagehound.jar hunt --parts -o s3://results/case-42 s3://logs/2026"
    })
final class HuntCommand implements Callable<Integer> {

  private static final int CANCEL_SECONDS = 5;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Files, folders (read to the bottom) and globs; with a scheme (s3://, hdfs://) of any file"
              + " system that Flink knows. - is standard input.")
  private List<String> paths;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "stagehound-out",
      description =
          "Where results go, a path like PATH; what an earlier hunt left there is replaced. Default:"
              + " ${DEFAULT-VALUE}")
  private String output;

  @Option(
      names = "--parts",
      description =
          "Leave detections and dead letters in folders of sorted parts"
              + " (detections/part-00000.ndjson, …), so that no one machine has to merge them.")
  private boolean parts;

  @Mixin private PatternOptions patternOptions;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      converter = ParallelismConverter.class,
      description =
          "How many readers work at once; without a cluster at most 64, and one for each file, or"
              + " each 32 MiB of a file of JSON lines."
              + " Default: one for each processor, or the cluster's")
  private @Nullable Integer parallelism;

  private volatile @Nullable JobClient running;

  @SuppressWarnings("NullAway.Init")
  HuntCommand() {}

  @Override
  public Integer call() throws Exception {
    long start = System.nanoTime();
    refuseStreams();
    List<StepPattern> patterns = patternOptions.patterns();
    EmbeddedFlink.loadFileSystems();
    TelemetryFiles telemetry;
    HuntResults results;
    try {
      Path folder = Locations.folder(output);
      telemetry = TelemetryFiles.find(paths, folder);
      results = HuntResults.into(folder, parts);
    } catch (WrongPathException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
    // Also when the user interrupts the hunt, and once more when Flink has let go of its files.
    Ending.run(() -> cleanUp(results));
    try (results) {
      StreamExecutionEnvironment env =
          EmbeddedFlink.orCluster(parallelism, telemetry.pieces(), results.scratch());
      env.setRuntimeMode(RuntimeExecutionMode.BATCH);
      StagehoundGraph.build(env, FileEnds.of(telemetry.files(), results), patterns, Timing.DEFAULT);
      JobExecutionResult job = await(env.executeAsync("stagehound hunt"), telemetry.bytes());
      HuntSummary summary =
          HuntSummary.of(
              job.getAllAccumulatorResults(), Duration.ofNanos(System.nanoTime() - start));
      results.publish(summary);
      new HuntTables(spec.commandLine().getOut()).print(summary, results, telemetry);
    }
    return 0;
  }

  /** A cluster has no way to the streams of this process. */
  private void refuseStreams() {
    if (!Main.embedded()) {
      paths.stream()
          .filter(Streams::isInherited)
          .findFirst()
          .ifPresent(
              stream -> {
                throw wrongUsage("a cluster cannot read " + stream + ", which is this process's");
              });
    }
  }

  private JobExecutionResult await(JobClient job, long totalBytes)
      throws InterruptedException, ExecutionException {
    running = job;
    Progress progress = Progress.start(job, totalBytes, spec.commandLine().getErr());
    try {
      return job.getJobExecutionResult().get();
    } finally {
      running = null;
      progress.stop();
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void cleanUp(HuntResults results) {
    JobClient job = running;
    if (job != null) {
      cancel(job);
    }
    try {
      results.close();
    } catch (IOException e) {
      // The process is ending: a hidden folder is left behind, and nobody to tell.
    }
  }

  /** Ends the job of an interrupted hunt, which would write on where nobody waits for it. */
  private static void cancel(JobClient job) {
    try {
      job.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
      job.getJobExecutionResult().get(CANCEL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      // A job that was cancelled has no result. One that could not be is for the cluster to end.
    }
  }
}
