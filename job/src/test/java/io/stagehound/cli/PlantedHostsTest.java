package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagehound.cli.PlantedHosts.Expected;
import io.stagehound.cli.PlantedHosts.Planted;
import io.stagehound.pattern.ArchiveThenUncCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole hunts over planted hosts: what is found, and that it is the same however it is given. */
class PlantedHostsTest {

  private static final PlantedHosts HOSTS = new PlantedHosts(20260301, 1_000);

  @TempDir private static Path folder;
  private static Hunt hunt;

  @BeforeAll
  static void huntOnce() throws IOException {
    hunt = Hunt.through(folder.resolve("out"), write("once.ndjson", lines()));
  }

  private static List<String> lines() {
    return new ArrayList<>(HOSTS.events().stream().map(Planted::json).toList());
  }

  private static Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  @Test
  void exactlyThePlantedAlertsAreRaised() throws IOException {
    List<Expected> found = new ArrayList<>();
    for (JsonNode alert : hunt.alerts()) {
      if (!alert.path("pattern").asText().equals(ArchiveThenUncCopy.ID)) {
        continue;
      }
      found.add(
          new Expected(
              alert.path("host").asText(),
              Instant.parse(alert.path("first_seen").asText()),
              Instant.parse(alert.path("last_seen").asText()),
              alert.path("step_counts").path("archive").asLong(),
              alert.path("step_counts").path("copy").asLong(),
              alert.path("linked").asBoolean()));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(HOSTS.expectedAlerts());
    assertThat(found).as("there is something to find").hasSizeGreaterThan(300);
    assertThat(found).as("and to tell apart").extracting(Expected::linked).contains(true, false);
  }

  @Test
  void alertsAreSortedByRiskThenTime() throws IOException {
    List<JsonNode> alerts = hunt.alerts();
    for (int i = 1; i < alerts.size(); i++) {
      int risk = alerts.get(i - 1).path("risk_score").asInt();
      int nextRisk = alerts.get(i).path("risk_score").asInt();
      assertThat(risk).isGreaterThanOrEqualTo(nextRisk);
      if (risk == nextRisk) {
        assertThat(alerts.get(i - 1).path("last_seen").asText())
            .isGreaterThanOrEqualTo(alerts.get(i).path("last_seen").asText());
      }
    }
  }

  @Test
  void detectionsAreSortedByScoreThenTime() throws IOException {
    List<JsonNode> detections = hunt.detections();
    for (int i = 1; i < detections.size(); i++) {
      int score = detections.get(i - 1).path("StagingScore").asInt();
      int nextScore = detections.get(i).path("StagingScore").asInt();
      assertThat(score).isGreaterThanOrEqualTo(nextScore);
      if (score == nextScore) {
        assertThat(detections.get(i - 1).path("_time").asText())
            .isGreaterThanOrEqualTo(detections.get(i).path("_time").asText());
      }
    }
  }

  @ParameterizedTest(name = "parallelism {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void orderFilesAndParallelismMakeNoDifference(int parallelism) throws IOException {
    List<String> shuffled = lines();
    Collections.shuffle(shuffled, new Random(parallelism));
    Path split = Files.createDirectory(folder.resolve("split-" + parallelism));
    int files = 1 + parallelism * 3;
    for (int i = 0; i < files; i++) {
      List<String> part =
          shuffled.subList(shuffled.size() * i / files, shuffled.size() * (i + 1) / files);
      Files.write(split.resolve(i + ".ndjson"), part);
    }
    Hunt again =
        Hunt.run(
            folder.resolve("out-" + parallelism),
            "--parallelism",
            Integer.toString(parallelism),
            split.toString());
    assertThat(again.text("alerts.ndjson")).isEqualTo(hunt.text("alerts.ndjson"));
    assertThat(again.text("detections.ndjson")).isEqualTo(hunt.text("detections.ndjson"));
  }

  @Test
  void everyRecordTwiceGivesTheSameAlertsAndEachDetectionTwice() throws IOException {
    List<String> twice = lines();
    twice.addAll(lines());
    Hunt again = Hunt.through(folder.resolve("out-twice"), write("twice.ndjson", twice));
    assertThat(again.text("alerts.ndjson")).isEqualTo(hunt.text("alerts.ndjson"));
    List<JsonNode> expected = new ArrayList<>(hunt.detections());
    expected.addAll(hunt.detections());
    assertThat(again.detections()).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The same records as another collector has them: nested, a short host name, no user. */
  private static List<String> twins() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<String> twins = new ArrayList<>();
    for (String line : lines()) {
      ObjectNode flat = (ObjectNode) mapper.readTree(line);
      ObjectNode twin = mapper.createObjectNode();
      twin.put("@timestamp", "2020-01-01T00:00:00.000Z");
      ObjectNode winlog = twin.putObject("winlog");
      winlog.put(
          "computer_name",
          flat.remove("Hostname").asText().split("\\.", 2)[0].toUpperCase(Locale.ROOT));
      winlog.set("event_id", flat.remove("EventID"));
      winlog.set("provider_name", flat.remove("SourceName"));
      flat.remove("User");
      winlog.set("event_data", flat);
      twins.add(mapper.writeValueAsString(twin));
    }
    return twins;
  }

  @Test
  void theSameRecordsThroughAnotherCollectorChangeNoAlert() throws IOException {
    List<String> both = lines();
    both.addAll(twins());
    for (long seed : new long[] {1, 2}) {
      Collections.shuffle(both, new Random(seed));
      Hunt again = Hunt.through(folder.resolve("out-twins-" + seed), write("twins-" + seed, both));
      assertThat(again.text("alerts.ndjson")).isEqualTo(hunt.text("alerts.ndjson"));
      assertThat(again.detections()).hasSize(2 * hunt.detections().size());
    }
  }
}
