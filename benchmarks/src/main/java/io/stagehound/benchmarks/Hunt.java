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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run of the program itself, started by its launcher, that has found what there was to find. */
final class Hunt {

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Hunt() {}

  /** Hunts with the launcher that the setting names, and gives the seconds that it took. */
  static double seconds(Telemetry telemetry, Setting setting)
      throws IOException, InterruptedException {
    return seconds(setting.launcher(), telemetry, setting);
  }

  /** Hunts with this launcher, and gives the seconds that it took. */
  static double seconds(Path launcher, Telemetry telemetry, Setting setting)
      throws IOException, InterruptedException {
    double seconds = ChildProcess.run(hunt(launcher, telemetry, setting), printed(setting));
    check(telemetry, setting);
    return seconds;
  }

  /**
   * Hunts, and gives the bytes that live in its heap after full collections, in order. They slow it
   * down.
   *
   * @param start how long it takes to start, before which its heap is not looked at
   */
  static List<Long> liveBytes(Telemetry telemetry, Duration start, Setting setting)
      throws IOException, InterruptedException {
    List<Long> live = new ArrayList<>();
    ChildProcess.run(
        hunt(setting.launcher(), telemetry, setting),
        printed(setting),
        start,
        LOOK_EVERY,
        pid -> live.addAll(liveBytes(pid)));
    check(telemetry, setting);
    return live;
  }

  private static ProcessBuilder hunt(Path launcher, Telemetry telemetry, Setting setting) {
    List<String> arguments = new ArrayList<>(List.of("hunt", "-o", results(setting).toString()));
    telemetry.files().forEach(file -> arguments.add(file.toString()));
    return Child.stagehound(launcher, setting, arguments.toArray(String[]::new));
  }

  private static Path results(Setting setting) {
    return setting.folder().resolve("results");
  }

  private static Path printed(Setting setting) {
    return setting.folder().resolve("printed.txt");
  }

  private static void check(Telemetry telemetry, Setting setting) throws IOException {
    JsonNode summary = JSON.readTree(results(setting).resolve("summary.json").toFile());
    long records = summary.path("records").asLong();
    Map<String, Map<String, Long>> alerts = new HashMap<>();
    for (String line : Files.readAllLines(results(setting).resolve("alerts.ndjson"))) {
      JsonNode alert = JSON.readTree(line);
      // A second alert of a pattern on a host is none that is expected.
      alerts.merge(
          Expected.alert(alert.path("pattern").asText(), alert.path("host").asText()),
          counts(alert.path("step_counts")),
          (one, other) -> Map.of("of several alerts", 0L));
    }
    Expected found = new Expected(counts(summary.path("detections")), alerts);
    if (records != telemetry.records() || !found.equals(telemetry.expected())) {
      throw new IllegalStateException(
          "found in %d records of %s %s instead of %s in %d"
              .formatted(
                  records, telemetry.files(), found, telemetry.expected(), telemetry.records()));
    }
  }

  private static Map<String, Long> counts(JsonNode object) {
    Map<String, Long> counts = new TreeMap<>();
    object.properties().forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
    return counts;
  }

  /** After a full collection; none when the process is not ready yet, or has just ended. */
  private static List<Long> liveBytes(long pid) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(ChildProcess.java("jcmd"), Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    Matcher total = TOTAL.matcher(answer);
    return total.find() ? List.of(Long.parseLong(total.group(1))) : List.of();
  }
}
