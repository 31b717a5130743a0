package io.stagehound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run of the program as a user runs it, in this process.
 *
 * @param exitCode what it ended with
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 * @param folder where its results are
 */
record Hunt(int exitCode, String out, String err, Path folder) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Hunts through these paths. */
  static Hunt through(Path folder, Path... paths) {
    return run(folder, Arrays.stream(paths).map(Path::toString).toArray(String[]::new));
  }

  /** Hunts with these options and paths. */
  static Hunt run(Path folder, String... options) {
    return runTo(folder.toString(), folder, options);
  }

  /** Hunts with these options and paths, and with results where {@code output} says. */
  static Hunt runTo(String output, Path folder, String... options) {
    List<String> arguments = new ArrayList<>(List.of("hunt", "-o", output));
    arguments.addAll(List.of(options));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    return new Hunt(exitCode, out.toString(), err.toString(), folder);
  }

  String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(file))) {
      lines.add(MAPPER.readTree(line));
    }
    return lines;
  }

  List<JsonNode> alerts() throws IOException {
    return lines("alerts.ndjson");
  }

  List<JsonNode> detections() throws IOException {
    return lines("detections.ndjson");
  }

  List<JsonNode> deadLetters() throws IOException {
    return lines("dead-letters.ndjson");
  }

  JsonNode summary() throws IOException {
    return MAPPER.readTree(text("summary.json"));
  }
}
