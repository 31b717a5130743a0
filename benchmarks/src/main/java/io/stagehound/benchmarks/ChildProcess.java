package io.stagehound.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that this one starts, waits for and times, and ends when it is interrupted. */
final class ChildProcess {

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private ChildProcess() {}

  /** Looks at a process while it runs. */
  @FunctionalInterface
  interface Watch {
    void look(long pid) throws IOException, InterruptedException;
  }

  /**
   * Runs a process to its end.
   *
   * @param printed what it prints goes here
   * @return how many seconds it took
   */
  static double run(ProcessBuilder builder, Path printed) throws IOException, InterruptedException {
    return run(builder, printed, LONGEST, LONGEST, pid -> {});
  }

  /**
   * Runs a process to its end, and looks at it again and again.
   *
   * @param first after which time to look at it first
   * @param again after which time to look at it again
   */
  static double run(
      ProcessBuilder builder, Path printed, Duration first, Duration again, Watch watch)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    try {
      Duration wait = first;
      while (!process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() - start > LONGEST.toNanos()) {
          throw new IllegalStateException("has not ended after " + LONGEST + ": " + name(builder));
        }
        watch.look(process.pid());
        wait = again;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "%s has ended with %d:%n%s"
                .formatted(name(builder), process.exitValue(), Files.readString(printed)));
      }
      return seconds;
    } finally {
      end(process);
    }
  }

  /** Ends a process that has not ended yet, after it has removed what it has written. */
  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
  }

  /** A program of the JDK that this process runs on. */
  static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private static String name(ProcessBuilder builder) {
    return String.join(" ", builder.command());
  }
}
