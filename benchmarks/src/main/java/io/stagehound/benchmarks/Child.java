package io.stagehound.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that a benchmark has started, and that runs beside it until it is closed. What it
 * prints goes to a file.
 */
final class Child implements Closeable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Flink reflects into these. */
  private static final List<String> OPENED =
      List.of("java.util", "java.lang", "java.time", "java.util.concurrent");

  private final Process process;
  private final Path printed;

  private Child(Process process, Path printed) {
    this.process = process;
    this.printed = printed;
  }

  /** Starts this command. */
  static Child start(ProcessBuilder command, Path folder) throws IOException {
    Path printed = Files.createTempFile(folder, "printed", ".txt");
    return new Child(
        command.redirectErrorStream(true).redirectOutput(printed.toFile()).start(), printed);
  }

  /** Stagehound itself, as this launcher starts it. */
  static ProcessBuilder stagehound(Path launcher, Setting setting, String... args) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    // What the user sets, say to profile it, counts too.
    builder
        .environment()
        .merge(
            "STAGEHOUND_JAVA_OPTIONS",
            "-Xmx" + setting.heap(),
            (given, ours) -> given + " " + ours);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  /** A class with a main method, on the class path of this process. */
  static ProcessBuilder java(List<String> options, String main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(ChildProcess.java("java"));
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(Arrays.asList(args));
    return new ProcessBuilder(command);
  }

  /** Fails when it has ended, though it should go on. */
  void mustRun() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("ended with " + process.exitValue() + ":\n" + printed());
    }
  }

  /** What it has printed until now, errors too. */
  String printed() throws IOException {
    return Files.readString(printed);
  }

  /** Ends it, also when this thread was interrupted. */
  @Override
  public void close() {
    process.destroy();
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
