package io.stagehound.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.SharedData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a process: its launcher, its streams, and the signals that end it. */
@Timeout(180)
class ProgramIT {

  private static final int PATIENCE_SECONDS = 90;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  private Path sample() {
    return SharedData.samples().resolve("chain-xcopy/events.ndjson");
  }

  /** Starts a command of a shell, with the launcher as {@code stagehound}. */
  private Process start(String command) throws IOException {
    Path launcher = SharedData.checkout().resolve("stagehound");
    return new ProcessBuilder(
            "bash", "-c", "stagehound() { '" + launcher + "' \"$@\"; }; " + command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("stdout").toFile())
        .redirectError(folder.resolve("stderr").toFile())
        .start();
  }

  private int run(String command) throws Exception {
    Process process = start(command);
    process.getOutputStream().close();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void namesAreReadAsUtf8WhateverTheLocale() throws Exception {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.copy(sample(), logs.resolve("Überwachung-端末.ndjson"));
    assertThat(run("LC_ALL=C stagehound hunt logs")).isZero();
    assertThat(text("stdout")).contains("1 alert", "0 dead letters");
    assertThat(text("stderr")).isEmpty();
  }

  @Test
  void pipesAreRead() throws Exception {
    String events = "'" + sample() + "'";
    assertThat(run("stagehound hunt <(cat " + events + ")")).isZero();
    assertThat(text("stdout")).contains("1 alert");
    assertThat(run("cat " + events + " | stagehound hunt -")).isZero();
    assertThat(text("stdout")).contains("1 alert");
    assertThat(run("stagehound explain <(cat " + events + ")")).isZero();
    assertThat(run("stagehound explain /dev/stdin <" + events)).isZero();
    assertThat(text("stdout")).contains("ProcessCreate (Sysmon 1)");
    assertThat(run("mkfifo pipe; stagehound hunt pipe")).isEqualTo(2);
    assertThat(text("stderr")).contains("pipe is no file or folder").hasLineCount(1);
  }

  @Test
  void aClusterThatCannotStartEndsTheProcess() throws Exception {
    assertThat(
            run(
                "STAGEHOUND_JAVA_OPTIONS=-XX:MaxDirectMemorySize=1m stagehound hunt '"
                    + sample()
                    + "'"))
        .isEqualTo(1);
    assertThat(text("stderr")).contains("stagehound: out of memory: ");
    try (Stream<Path> left = Files.list(folder.resolve("stagehound-out"))) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest(name = "SIG{0}")
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsItSilently(String signal, int exitCode) throws Exception {
    // A pipe that nobody closes: the hunt cannot end by itself.
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process hunt =
        new ProcessBuilder(java, "-jar", StagehoundJar.PATH.toString(), "hunt", "-")
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    try (OutputStream in = hunt.getOutputStream()) {
      in.write("noise\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
      in.flush();
      Path results = folder.resolve("stagehound-out");
      Awaitility.await("the job runs")
          .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .until(() -> isScratchInUse(results));
      new ProcessBuilder("kill", "-" + signal, Long.toString(hunt.pid())).start().waitFor();
      assertThat(hunt.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(hunt.exitValue()).isEqualTo(exitCode);
      assertThat(text("stderr")).isEmpty();
      assertThat(text("stdout")).isEmpty();
      try (Stream<Path> left = Files.list(results)) {
        assertThat(left).isEmpty();
      }
    } finally {
      hunt.destroyForcibly();
    }
  }

  private static boolean isScratchInUse(Path results) throws IOException {
    if (!Files.exists(results)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(results)) {
      return files.anyMatch(file -> file.toString().contains("/scratch/"));
    }
  }
}
