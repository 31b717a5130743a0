package io.stagehound.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs {@link PlainJob} on the Java, the heap and the class path that Stagehound has. */
final class Plain implements Rival {

  @Override
  public String title() {
    return "plain Flink job";
  }

  @Override
  public double floor() {
    return 5;
  }

  @Override
  public double seconds(Telemetry telemetry, Setting setting)
      throws IOException, InterruptedException {
    Path results = setting.folder().resolve("plain");
    Folders.delete(results);
    List<String> arguments = new ArrayList<>(List.of(results.toString()));
    telemetry.files().forEach(file -> arguments.add(file.toString()));
    double seconds =
        ChildProcess.run(
            Child.java(
                List.of("-Xmx" + setting.heap(), "-XX:+UseParallelGC"),
                PlainJob.class.getName(),
                arguments.toArray(String[]::new)),
            setting.folder().resolve("plain-printed.txt"));
    check(telemetry.expected(), results);
    return seconds;
  }

  private static void check(Expected expected, Path results) throws IOException {
    Map<String, Long> found =
        new ObjectMapper()
            .readValue(
                results.resolve(PlainJob.COUNTS_FILE).toFile(),
                new TypeReference<TreeMap<String, Long>>() {});
    Long matches = found.remove(PlainJob.MATCHES);
    // Each copy matches each archive before it.
    boolean chains = !expected.alerts().isEmpty();
    if (!found.equals(expected.detections()) || matches == null || chains != matches > 0) {
      throw new IllegalStateException(
          "the plain job found %s and %d matches instead of %s"
              .formatted(found, matches, expected.detections()));
    }
  }
}
