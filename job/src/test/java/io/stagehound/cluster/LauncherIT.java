package io.stagehound.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.SharedData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the launcher starts what is built: soon, by an archive of classes that it makes by itself.
 */
@Timeout(300)
class LauncherIT {

  private static final Duration SOON = Duration.ofSeconds(4);
  private static final int RUNS = 3;
  private static final int PATIENCE_SECONDS = 120;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  private Path home;
  private Path target;

  /** A checkout that is built, of files a minute old. */
  @BeforeEach
  void checkOut() throws IOException {
    home = Files.createDirectory(folder.resolve("check out"));
    target = Files.createDirectories(home.resolve("job/target"));
    Files.createDirectories(home.resolve("job/src/main"));
    Files.createFile(home.resolve("pom.xml"));
    Files.createFile(home.resolve("job/pom.xml"));
    for (String built : List.of("stagehound.jar", "flink-rpc-akka.jar")) {
      Files.copy(StagehoundJar.PATH.resolveSibling(built), target.resolve(built));
    }
    Files.copy(
        SharedData.checkout().resolve("stagehound"),
        home.resolve("stagehound"),
        StandardCopyOption.COPY_ATTRIBUTES);
    giveSamples();
    FileTime minuteAgo = FileTime.from(Instant.now().minusSeconds(60));
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, minuteAgo);
      }
    }
  }

  private void giveSamples() throws IOException {
    Files.createDirectory(home.resolve("samples"));
    Files.copy(
        SharedData.samples().resolve("chain-xcopy/events.ndjson"),
        home.resolve("samples/events.ndjson"));
  }

  private void takeSamples() throws IOException {
    Files.delete(home.resolve("samples/events.ndjson"));
    Files.delete(home.resolve("samples"));
  }

  private Process start(String... arguments) throws IOException {
    return new ProcessBuilder(
            Stream.concat(Stream.of(home.resolve("stagehound").toString()), Stream.of(arguments))
                .toList())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("printed").toFile())
        .start();
  }

  private void run(String... arguments) throws Exception {
    Process process = start(arguments);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private void assertThatItTellsItsVersion() throws Exception {
    run("--version");
    assertThat(Files.readAllLines(folder.resolve("printed")))
        .filteredOn(line -> !line.startsWith("stagehound: starting for the first time"))
        .singleElement()
        .asString()
        .startsWith("stagehound ");
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      List<Path> more = files.filter(file -> !file.toString().endsWith(".jar")).toList();
      assertThat(more).singleElement().asString().endsWith(".jsa");
      return more.get(0);
    }
  }

  @Test
  void aSmallHuntIsOverSoon() throws Exception {
    String sample = SharedData.samples().resolve("chain-xcopy/events.ndjson").toString();
    run("hunt", sample);
    Duration best = Duration.ofDays(1);
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      run("hunt", sample);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      best = taken.compareTo(best) < 0 ? taken : best;
    }
    assertThat(Files.readString(folder.resolve("printed"))).contains("1 alert");
    if (best.compareTo(SOON) >= 0) {
      // What the processors do beside it is not the program's fault.
      double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
      Assumptions.assumeTrue(
          load < 2 * Runtime.getRuntime().availableProcessors(), "the machine is busy: " + load);
    }
    assertThat(best).isLessThan(SOON);
  }

  @Test
  void launchersAtOnceMakeOneArchiveWhichServesThoseThatFollow() throws Exception {
    List<Process> processes = List.of(start("--version"), start("--version"));
    for (Process process : processes) {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
    Path archive = archive();
    assertThat(archive).isNotEmptyFile();
    FileTime made = Files.getLastModifiedTime(archive);
    assertThatItTellsItsVersion();
    assertThat(Files.getLastModifiedTime(archive())).isEqualTo(made);

    // The jar of a later build.
    Files.setLastModifiedTime(
        target.resolve("stagehound.jar"), FileTime.from(made.toInstant().plusMillis(1)));
    assertThatItTellsItsVersion();
    assertThat(Files.getLastModifiedTime(archive())).isGreaterThan(made);
  }

  @Test
  void anArchiveThatCannotBeMadeOrUsedIsNoNews() throws Exception {
    takeSamples();
    assertThatItTellsItsVersion();
    Path archive = archive();
    assertThat(archive).isEmptyFile();
    FileTime tried = Files.getLastModifiedTime(archive);
    assertThatItTellsItsVersion();
    assertThat(Files.getLastModifiedTime(archive())).isEqualTo(tried);

    Files.writeString(archive, "no archive\n".repeat(1000));
    assertThatItTellsItsVersion();

    Files.delete(archive);
    giveSamples();
    assertThatItTellsItsVersion();
    assertThat(archive).isNotEmptyFile();
    // Java would warn of one that was made for another place.
    takeSamples();
    Path made = archive.getFileName();
    home = Files.move(home, folder.resolve("moved out"));
    target = home.resolve("job/target");
    byte[] elsewhere = Files.readAllBytes(target.resolve(made));
    Files.delete(target.resolve(made));
    assertThatItTellsItsVersion();
    Files.write(archive(), elsewhere);
    assertThatItTellsItsVersion();
  }
}
