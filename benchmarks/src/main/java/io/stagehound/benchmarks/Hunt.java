package io.stagehound.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One run of the program itself, in a process of its own, started as the launcher does.
 *
 * @param seconds as its summary has them
 * @param records read
 * @param found what it has found
 * @param liveBytes of its heap after full collections, in order; none unless asked for
 */
record Hunt(double seconds, long records, Expected found, List<Long> liveBytes) {

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration SAMPLE_EVERY = Duration.ofMillis(250);
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Hunts and waits for the end.
   *
   * @param folder for what it writes
   * @param startsIn how long it takes to start, after which its heap is looked at again and again,
   *     which slows it down; null for never
   */
  static Hunt run(Path jar, String heap, Path telemetry, Path folder, @Nullable Duration startsIn)
      throws IOException, InterruptedException {
    Path results = folder.resolve("results");
    Path printed = folder.resolve("printed.txt");
    Process hunt =
        new ProcessBuilder(
                java("java"),
                "-Xmx" + heap,
                "-XX:+UseParallelGC",
                "-Dstagehound.terminal=false",
                "-jar",
                jar.toString(),
                "hunt",
                "-o",
                results.toString(),
                telemetry.toString())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    Thread ender = new Thread(hunt::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(ender);
    try {
      long end = System.nanoTime() + LONGEST.toNanos();
      List<Long> live = new ArrayList<>();
      Duration wait = startsIn == null ? LONGEST : startsIn;
      while (!hunt.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("a hunt has not ended after " + LONGEST);
        }
        live.addAll(liveBytes(hunt.pid()));
        wait = SAMPLE_EVERY;
      }
      if (hunt.exitValue() != 0) {
        throw new IllegalStateException(
            "a hunt has ended with " + hunt.exitValue() + ":\n" + Files.readString(printed));
      }
      return of(results, live);
    } finally {
      hunt.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(ender);
    }
  }

  private static Hunt of(Path results, List<Long> live) throws IOException {
    JsonNode summary = JSON.readTree(results.resolve("summary.json").toFile());
    Map<String, Map<String, Long>> alerts = new HashMap<>();
    for (String line : Files.readAllLines(results.resolve("alerts.ndjson"))) {
      JsonNode alert = JSON.readTree(line);
      // A second alert of a pattern is none that is expected.
      alerts.merge(
          alert.path("pattern").asText(),
          counts(alert.path("step_counts")),
          (one, other) -> Map.of("of several alerts", 0L));
    }
    return new Hunt(
        summary.path("seconds").asDouble(),
        summary.path("records").asLong(),
        new Expected(counts(summary.path("detections")), alerts),
        live);
  }

  private static Map<String, Long> counts(JsonNode object) {
    Map<String, Long> counts = new TreeMap<>();
    object.properties().forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
    return counts;
  }

  /** After a full collection; none when the process is not ready yet, or has just ended. */
  private static List<Long> liveBytes(long pid) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(java("jcmd"), Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    Matcher total = TOTAL.matcher(answer);
    return total.find() ? List.of(Long.parseLong(total.group(1))) : List.of();
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }
}
