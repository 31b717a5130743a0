package io.stagehound.cluster;

import io.stagehound.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The program as it is shipped. */
final class StagehoundJar {

  static final Path PATH = SharedData.checkout().resolve("job/target/stagehound.jar");

  private static final int PATIENCE_SECONDS = 90;

  private StagehoundJar() {}

  /** Hunts through a file or folder in a process of its own. */
  static void hunt(Path telemetry, Path results) throws IOException, InterruptedException {
    Process hunt =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                PATH.toString(),
                "hunt",
                "-o",
                results.toString(),
                telemetry.toString())
            .redirectErrorStream(true)
            .redirectOutput(results.resolveSibling(results.getFileName() + ".log").toFile())
            .start();
    try {
      if (!hunt.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || hunt.exitValue() != 0) {
        throw new AssertionError("the hunt failed: see " + results + ".log");
      }
    } finally {
      hunt.destroyForcibly();
    }
  }
}
