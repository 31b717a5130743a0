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
    PrintWriter err = writer(System.err);
    int exitCode = CommandLine.ExitCode.SOFTWARE;
    try {
      exitCode = run(writer(System.out), err, arguments);
    } catch (Throwable e) {
      // Whatever it is, threads of Flink would keep the process waiting.
      err.println(failure(e));
    }
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
    String help = command.getCommandSpec().qualifiedName() + " --help";
    command
        .getErr()
        .println("stagehound: " + Terminal.safe(WrongUsage.text(wrong)) + " (see '" + help + "')");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    if (!Ending.hasBegun()) {
      command.getErr().println(failure(failure));
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String failure(Throwable failure) {
    return "stagehound: " + Terminal.safe(Failures.rootMessage(failure));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
