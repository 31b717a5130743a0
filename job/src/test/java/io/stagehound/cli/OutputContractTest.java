package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.stagehound.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers of the results rely on: the names of fields, their types and their order. */
class OutputContractTest {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  /** The columns of the published search: in every row, and before all else. */
  private static final Map<String, String> PUBLISHED =
      fields(
          "_time: time, host: text, User: text or null, Image: text or null,"
              + " CommandLine: text or null, TargetFilename: text or null,"
              + " ParentImage: text or null, ParentCommandLine: text or null,"
              + " IsStagingPath: bit, IsArchiveFile: bit, IsRemoteCopyTool: bit, IsUNCTarget: bit,"
              + " IsPSCopy: bit, StagingScore: integer, DetectionType: text, EventType: text,"
              + " signals: list");

  private static final Map<String, String> CONTEXT =
      fields(
          "ProcessGuid: text, ProcessId: integer, ParentProcessGuid: text, CurrentDirectory: text,"
              + " OriginalFileName: text, LogonId: text, IntegrityLevel: text, Hashes: text,"
              + " RuleName: text, ScriptBlockText: text, ScriptBlockId: text, Payload: text,"
              + " time_source: text, copy: object");

  private static final Map<String, String> ALERT =
      fields(
          "alert_id: text, pattern: text, state: text, revision: integer, host: text,"
              + " severity: text, confidence: text, risk_score: integer, linked: boolean,"
              + " confirmed: boolean, late: boolean, clock_ahead: boolean, first_seen: time,"
              + " last_seen: time, title: text, explanation: text, hosts: list,"
              + " host_count: integer, users: list, targets: list, corroboration: list,"
              + " step_counts: object, attack: object, steps: list");

  @TempDir private static Path folder;
  private static Hunt hunt;

  @BeforeAll
  static void huntSamples() throws IOException {
    Path noise = Files.writeString(folder.resolve("noise"), "noise");
    hunt = Hunt.through(folder.resolve("out"), SharedData.samples(), noise);
  }

  private static Map<String, String> fields(String described) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : described.split(", *", -1)) {
      fields.put(field.split(": ", 2)[0], field.split(": ", 2)[1]);
    }
    return fields;
  }

  private static void assertType(String name, JsonNode value, String type) {
    boolean right =
        switch (type) {
          case "time" -> value.isTextual() && value.textValue().matches(TIME);
          case "text" -> value.isTextual();
          case "text or null" -> value.isTextual() || value.isNull();
          case "bit" -> value.isInt() && (value.intValue() == 0 || value.intValue() == 1);
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "list" -> value.isArray();
          case "object" -> value.isObject();
          default -> throw new IllegalArgumentException(type);
        };
    assertThat(right).as("%s: %s is a %s", name, value, type).isTrue();
  }

  /** Asserts that an object has these fields, in this order, and no others. */
  private static void assertFields(JsonNode object, Map<String, String> fields) {
    assertThat(names(object)).containsExactlyElementsOf(fields.keySet());
    fields.forEach((name, type) -> assertType(name, object.path(name), type));
  }

  private static void assertFields(JsonNode object, String described) {
    assertFields(object, fields(described));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void assertTexts(JsonNode list) {
    assertThat(list).allMatch(JsonNode::isTextual);
  }

  private static void assertDetection(JsonNode row) {
    List<String> names = names(row);
    assertThat(names).startsWith(PUBLISHED.keySet().toArray(String[]::new));
    PUBLISHED.forEach((name, type) -> assertType(name, row.path(name), type));
    List<String> context = names.subList(PUBLISHED.size(), names.size());
    assertThat(CONTEXT.keySet()).containsSubsequence(context);
    context.forEach(name -> assertType(name, row.path(name), CONTEXT.getOrDefault(name, "?")));
    assertTexts(row.path("signals"));
    if (row.has("copy")) {
      JsonNode copy = row.path("copy");
      assertFields(copy, "tool: text, direction: text, targets: list, sources: list");
      assertTexts(copy.path("sources"));
      for (JsonNode target : copy.path("targets")) {
        assertFields(
            target,
            target.has("path")
                ? "server: text, share: text, path: text"
                : "server: text, share: text");
      }
    }
  }

  @Test
  void detections() throws IOException {
    assertThat(hunt.detections()).hasSizeGreaterThan(20).allSatisfy(row -> assertDetection(row));
    assertThat(hunt.detections())
        .as("a file's creation has no command line, a process's start no target")
        .anyMatch(row -> row.path("CommandLine").isNull())
        .anyMatch(row -> row.path("TargetFilename").isNull())
        .anyMatch(row -> row.has("copy"));
  }

  @Test
  void alerts() throws IOException {
    assertThat(hunt.alerts()).hasSizeGreaterThan(10);
    for (JsonNode alert : hunt.alerts()) {
      assertFields(alert, ALERT);
      assertThat(alert.path("state").textValue()).isIn("open", "updated", "closed");
      assertThat(alert.path("severity").textValue()).isIn("medium", "high", "critical");
      assertThat(alert.path("confidence").textValue()).isIn("medium", "high");
      assertThat(alert.path("risk_score").intValue()).isBetween(0, 100);
      assertTexts(alert.path("users"));
      assertTexts(alert.path("hosts"));
      assertThat(alert.path("hosts")).isNotEmpty();
      for (JsonNode target : alert.path("targets")) {
        assertFields(target, "server: text, share: text, loopback: boolean");
      }
      assertThat(names(alert.path("step_counts"))).isSubsetOf("pull", "bulk", "archive", "copy");
      for (JsonNode seen : alert.path("corroboration")) {
        assertFields(
            seen,
            "kind: text, time: time, server: text, host: text"
                + (seen.has("path") ? ", path: text" : ""));
      }
      assertThat(alert.path("step_counts")).allMatch(JsonNode::isIntegralNumber);
      assertFields(alert.path("attack"), "tactics: list, techniques: list");
      for (String kind : List.of("tactics", "techniques")) {
        for (JsonNode named : alert.path("attack").path(kind)) {
          assertFields(named, "id: text, name: text");
        }
      }
      for (JsonNode step : alert.path("steps")) {
        assertFields(
            step,
            "name: text, time: time, detection: object"
                + (step.has("process") ? ", process: object" : ""));
        assertDetection(step.path("detection"));
      }
    }
  }

  @Test
  void deadLetters() throws IOException {
    assertThat(hunt.deadLetters()).hasSize(1);
    assertFields(
        hunt.deadLetters().get(0),
        "origin: text, position: integer, length: integer, reason: text, excerpt: text");
  }

  @Test
  void summary() throws IOException {
    JsonNode summary = hunt.summary();
    assertFields(
        summary,
        "records: integer, decoded: integer, not_relevant: integer, dead_letters: integer,"
            + " detections: object, alerts: object, excepted: integer, late: integer,"
            + " bytes: integer, seconds: number");
    for (String counts : Set.of("detections", "alerts")) {
      assertThat(summary.path(counts))
          .isNotEmpty()
          .allMatch(count -> count.getNodeType() == JsonNodeType.NUMBER && count.asLong() > 0);
    }
  }
}
