package io.stagehound.cli;

import io.stagehound.file.FileEnds;
import io.stagehound.file.HuntResults;
import io.stagehound.file.HuntSummary;
import io.stagehound.file.TelemetryFiles;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.topology.StagehoundGraph;
import io.stagehound.topology.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
      "  alerts.ndjson        archives staged and then copied to a share, by risk",
      "  dead-letters.ndjson  records that could not be used, and why",
      "  summary.json         the numbers",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stagehound hunt samples",
      "  stagehound hunt -o case-42 --window 72h 'logs/2026-0[1-6]*.json.gz'"
    })
final class HuntCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, folders (read to the bottom) and globs.")
  private List<String> paths;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "stagehound-out",
      description =
          "Where results go; what an earlier hunt left there is replaced. Default: ${DEFAULT-VALUE}")
  private Path output;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = WindowConverter.class,
      description =
          "The longest time from an archive to its copy, 1s to 30d. Default: ${DEFAULT-VALUE}")
  private Duration window;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      converter = ParallelismConverter.class,
      description =
          "How many readers work at once. Default: one for each processor, or the cluster's")
  private @Nullable Integer parallelism;

  @SuppressWarnings("NullAway.Init")
  HuntCommand() {}

  @Override
  public Integer call() throws Exception {
    long start = System.nanoTime();
    TelemetryFiles telemetry = telemetry();
    HuntResults results = HuntResults.into(output);
    // Also when the user interrupts the hunt, and once more when Flink has let go of its files.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> removeScratch(results)));
    try (results) {
      StreamExecutionEnvironment env = EmbeddedFlink.orCluster(parallelism, results.scratch());
      env.setRuntimeMode(RuntimeExecutionMode.BATCH);
      StagehoundGraph.build(
          env,
          FileEnds.of(telemetry.files(), results.parts()),
          List.of(new ArchiveThenUncCopy(window)),
          Timing.DEFAULT);
      JobExecutionResult job = await(env.executeAsync("stagehound hunt"), telemetry.bytes());
      HuntSummary summary =
          HuntSummary.of(
              job.getAllAccumulatorResults(), Duration.ofNanos(System.nanoTime() - start));
      results.publish(summary);
      new HuntTables(spec.commandLine().getOut()).print(summary, results, telemetry);
    }
    return 0;
  }

  private TelemetryFiles telemetry() throws IOException {
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw wrongUsage("--output " + output + " is a file: name a folder");
    }
    try {
      return TelemetryFiles.find(paths, output);
    } catch (TelemetryFiles.NoTelemetryException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  private JobExecutionResult await(JobClient job, long totalBytes)
      throws InterruptedException, ExecutionException {
    Progress progress = Progress.start(job, totalBytes, spec.commandLine().getErr());
    try {
      return job.getJobExecutionResult().get();
    } finally {
      progress.stop();
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static void removeScratch(HuntResults results) {
    try {
      results.close();
    } catch (IOException e) {
      // The process is ending: a hidden folder is left behind, and nobody to tell.
    }
  }
}
