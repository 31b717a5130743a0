package io.stagehound.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The end of the process: from then on what fails is no news, and is told to nobody. */
final class Ending {

  private static volatile boolean begun;

  private Ending() {}

  /** Has this done when the process ends, by itself or because a signal ends it. */
  static void run(Runnable last) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  begun = true;
                  // Threads of Flink lose what they work on, and complain; so does the log.
                  System.setErr(
                      new PrintStream(
                          OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
                  last.run();
                },
                "ending"));
  }

  static boolean hasBegun() {
    return begun;
  }
}
