package io.stagehound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagehound.alert.Spans;
import io.stagehound.file.DeadLetterKind;
import io.stagehound.file.HuntResults;
import io.stagehound.file.HuntSummary;
import io.stagehound.file.TelemetryFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a hunt tells at its end: alerts first, then detections by type, then what could not be used
 * or was left out.
 */
final class HuntTables {

  private static final int ALERTS_SHOWN = 20;
  private static final int KINDS_SHOWN = 5;
  private static final int PATHS_SHOWN = 3;

  private final PrintWriter out;
  private final ObjectMapper mapper = new ObjectMapper();

  HuntTables(PrintWriter out) {
    this.out = out;
  }

  void print(HuntSummary summary, HuntResults results, TelemetryFiles telemetry)
      throws IOException {
    printAlerts(summary.allAlerts(), results);
    printDetections(summary);
    printRead(summary, telemetry);
    printDeadLetters(summary, results);
    printPassedOver(telemetry);
    out.println();
    out.println("Results: " + Terminal.safe(results.place()));
    out.flush();
  }

  private void printAlerts(long count, HuntResults results) throws IOException {
    out.println(count == 0 ? "No alerts" : plural(count, "alert"));
    if (count == 0) {
      return;
    }
    TextTable table =
        new TextTable(
            "risk",
            "severity",
            "pattern",
            "host",
            "first seen (UTC)",
            "lasted",
            "steps",
            "target",
            "user");
    for (JsonNode alert : first(results, HuntResults.ALERTS, ALERTS_SHOWN)) {
      table.add(
          alert.path("risk_score").asText(),
          alert.path("severity").asText() + marks(alert),
          alert.path("pattern").asText(),
          host(alert),
          alert.path("first_seen").asText(),
          lasted(alert),
          steps(alert.path("step_counts")),
          targets(alert.path("targets")),
          listed(alert.path("users"), JsonNode::asText));
    }
    table.print(out);
    if (count > ALERTS_SHOWN) {
      out.println("  … and " + (count - ALERTS_SHOWN) + " more in " + HuntResults.ALERTS);
    }
  }

  private static String marks(JsonNode alert) {
    return (alert.path("linked").asBoolean() ? ", linked" : "")
        + (alert.path("confirmed").asBoolean() ? ", confirmed" : "");
  }

  private static String host(JsonNode alert) {
    String host = alert.path("host").asText();
    long hosts = alert.path("host_count").asLong();
    return hosts > 1 ? host + " (" + hosts + " hosts)" : host;
  }

  private static String lasted(JsonNode alert) {
    Instant first = Instant.parse(alert.path("first_seen").asText());
    Instant last = Instant.parse(alert.path("last_seen").asText());
    return Spans.text(Duration.between(first, last));
  }

  private static String steps(JsonNode counts) {
    List<String> steps = new ArrayList<>();
    counts.properties().forEach(count -> steps.add(count.getValue() + " " + count.getKey()));
    return String.join(", ", steps);
  }

  private static String targets(JsonNode targets) {
    boolean ownOnly =
        !targets.isEmpty()
            && targets.valueStream().allMatch(target -> target.path("loopback").asBoolean());
    return listed(targets, HuntTables::target) + (ownOnly ? " (loopback)" : "");
  }

  private static String target(JsonNode target) {
    return "\\\\" + target.path("server").asText() + "\\" + target.path("share").asText();
  }

  /** The first of a list, and how many more there are. */
  private static String listed(JsonNode list, Function<JsonNode, String> text) {
    if (list.isEmpty()) {
      return "";
    }
    String first = text.apply(list.get(0));
    return list.size() == 1 ? first : first + " +" + (list.size() - 1);
  }

  private void printDetections(HuntSummary summary) {
    out.println();
    out.println(
        summary.allDetections() == 0
            ? "No detections"
            : plural(summary.allDetections(), "detection"));
    for (Map.Entry<String, Long> type : summary.detections().entrySet()) {
      out.printf(Locale.ROOT, "  %-22s %,12d%n", type.getKey(), type.getValue());
    }
  }

  private void printRead(HuntSummary summary, TelemetryFiles telemetry) {
    out.println();
    out.printf(
        Locale.ROOT,
        "Read %s in %s (%s) in %.1f s: %,d decoded, %,d not relevant, %s%n",
        plural(summary.records(), "record"),
        plural(telemetry.files().size(), "file"),
        Sizes.text(summary.bytes()),
        summary.took().toMillis() / 1000.0,
        summary.decoded(),
        summary.notRelevant(),
        plural(summary.deadLetters(), "dead letter"));
  }

  private void printDeadLetters(HuntSummary summary, HuntResults results) {
    List<DeadLetterKind> kinds = summary.deadLetterKinds();
    for (DeadLetterKind kind : kinds.subList(0, Math.min(KINDS_SHOWN, kinds.size()))) {
      out.printf(Locale.ROOT, "  %,9d  %s%n", kind.count(), Terminal.safe(text(kind)));
    }
    long more = kinds.stream().skip(KINDS_SHOWN).mapToLong(DeadLetterKind::count).sum();
    if (more > 0) {
      out.printf(
          Locale.ROOT,
          "  %,9d  more, for other reasons, in %s%n",
          more,
          results.called(HuntResults.DEAD_LETTERS));
    }
  }

  private static String text(DeadLetterKind kind) {
    return kind.kind()
        + (kind.count() == 1 ? ": " : "; first: ")
        + kind.origin()
        + " at byte "
        + kind.position()
        + kind.detail();
  }

  private void printPassedOver(TelemetryFiles telemetry) {
    List<String> skipped = telemetry.skipped();
    printPaths("Skipped " + plural(skipped.size(), "file") + ", by name no telemetry", skipped);
    printPaths("Skipped results of earlier hunts in", telemetry.results());
    List<String> unreadable =
        telemetry.unreadable().stream()
            .map(path -> path.path() + " (" + path.reason() + ")")
            .toList();
    printPaths(String.format(Locale.ROOT, "%,d could not be read", unreadable.size()), unreadable);
  }

  private void printPaths(String beginning, List<String> paths) {
    if (!paths.isEmpty()) {
      String some =
          paths.stream().limit(PATHS_SHOWN).map(Terminal::safe).collect(Collectors.joining(", "));
      out.println(beginning + ": " + some + (paths.size() > PATHS_SHOWN ? ", …" : ""));
    }
  }

  private List<JsonNode> first(HuntResults results, String output, int most) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : results.firstLines(output, most)) {
      lines.add(mapper.readTree(line));
    }
    return lines;
  }

  private static String plural(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : noun + "s");
  }
}
