package io.stagehound.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A process of Flink, with the class path of a Flink distribution: what Flink and its libraries
 * bring to the tests, and nothing of Stagehound or of Kafka, which come in the submitted jar.
 */
final class FlinkProcess {

  /** Flink's own jars that a distribution has not. */
  private static final List<String> NOT_DISTRIBUTED =
      List.of("flink-connector-kafka-", "flink-test-utils-");

  private static final List<String> LIBRARIES =
      List.of(
          "async-profiler-",
          "commons-cli-",
          "commons-collections-",
          "commons-compress-",
          "commons-io-",
          "commons-lang3-",
          "commons-math3-",
          "commons-text-",
          "frocksdbjni-",
          "javassist-",
          "jsr305-",
          "kryo-",
          "log4j-",
          "lz4-java-",
          "minlog-",
          "objenesis-",
          "reflectasm-",
          "slf4j-api-",
          "snakeyaml-engine-",
          "snappy-java-");

  /** What the configuration that Flink is shipped with opens. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.net",
          "java.io",
          "java.nio",
          "sun.nio.ch",
          "java.lang.reflect",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private final Process process;
  private final Path out;
  private final Path log;
  private volatile boolean killed;

  private FlinkProcess(Process process, Path out, Path log) {
    this.process = process;
    this.out = out;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param folder of the cluster: its {@code conf} configures the process, its {@code logs} get the
   *     process's two
   */
  static FlinkProcess start(
      Path folder, String name, String mainClass, int heapMegabytes, List<String> arguments)
      throws IOException {
    Path conf = folder.resolve("conf");
    Path out = folder.resolve("logs").resolve(name + ".out");
    Path log = folder.resolve("logs").resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC"));
    command.add("-XX:TieredStopAtLevel=1");
    for (String opened : OPENED) {
      command.addAll(List.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED"));
    }
    command.add("-Dlog4j.configurationFile=" + conf.resolve("log4j.properties").toUri());
    command.addAll(List.of("-cp", classPath(), mainClass));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(variable -> variable.startsWith("FLINK_"));
    environment.put("FLINK_CONF_DIR", conf.toString());
    return new FlinkProcess(builder.start(), out, log);
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> distributed(String.valueOf(Path.of(entry).getFileName())))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean distributed(String jar) {
    boolean flink =
        jar.startsWith("flink-")
            && !jar.endsWith("-tests.jar")
            && NOT_DISTRIBUTED.stream().noneMatch(jar::startsWith);
    return flink || LIBRARIES.stream().anyMatch(jar::startsWith);
  }

  long pid() {
    return process.pid();
  }

  /** Whether it has ended, and was not killed. */
  boolean endedByItself() {
    return !killed && !process.isAlive();
  }

  /**
   * Waits until it has ended by itself.
   *
   * @return what it wrote to standard output
   */
  String awaitSuccess(Duration limit) throws IOException, InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw new AssertionError("not through after " + limit + ": " + log);
    }
    String written = Files.readString(out);
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "exit code " + process.exitValue() + ", see " + log + ":\n" + written);
    }
    return written;
  }

  /** Ends it at once, by SIGKILL, and waits until it is gone. */
  void kill() {
    killed = true;
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
