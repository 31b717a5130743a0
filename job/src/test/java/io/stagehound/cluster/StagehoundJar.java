package io.stagehound.cluster;

import io.stagehound.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as it is shipped. */
final class StagehoundJar {

  static final Path PATH = SharedData.checkout().resolve("job/target/stagehound.jar");

  private static final int PATIENCE_SECONDS = 90;

  private StagehoundJar() {}

  /** Hunts through a file or folder in a process of its own. */
  static void hunt(Path telemetry, Path results) throws IOException, InterruptedException {
    Process hunt =
        start(
            Path.of(System.getProperty("java.io.tmpdir")),
            results.resolveSibling(results.getFileName() + ".log"),
            "hunt",
            "-o",
            results.toString(),
            telemetry.toString());
    try {
      if (!hunt.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || hunt.exitValue() != 0) {
        throw new AssertionError("the hunt failed: see " + results + ".log");
      }
    } finally {
      hunt.destroyForcibly();
    }
  }

  /**
   * Starts it in a process of its own, which the caller ends.
   *
   * @param scratch for temporary files
   * @param output where all that it prints goes
   */
  static Process start(Path scratch, Path output, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + scratch,
                "-jar",
                PATH.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
