package io.stagehound.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;

/** The program: by itself ({@code java -jar}) or submitted to a cluster ({@code flink run}). */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int exitCode = run(writer(System.out), writer(System.err), arguments);
    if (embedded()) {
      System.exit(exitCode);
    } else if (exitCode != 0) {
      // The cluster's client runs this method in its own process, which is not ours to end.
      throw new IllegalStateException("stagehound ended with exit code " + exitCode);
    }
  }

  /**
   * Runs one command.
   *
   * @return its exit code: 0 when it did what was asked, 1 when it could not, 2 for wrong usage
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new StagehoundCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler(Main::failed)
        .execute(arguments);
  }

  /** Whether the job runs inside this process, and not on a cluster that it was submitted to. */
  static boolean embedded() {
    return StreamExecutionEnvironment.getExecutionEnvironment() instanceof LocalStreamEnvironment;
  }

  private static int wrongUsage(CommandLine.ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("stagehound: " + Terminal.safe(String.valueOf(wrong.getMessage())));
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    command.getErr().println("stagehound: " + Terminal.safe(Failures.rootMessage(failure)));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
