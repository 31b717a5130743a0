package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagehound.SharedData;
import io.stagehound.file.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hunt on other file systems, and with results in parts. */
class HuntElsewhereTest {

  private static final List<String> RESULTS =
      List.of("alerts.ndjson", "dead-letters.ndjson", "detections.ndjson", "summary.json");
  private static final Comparator<JsonNode> DETECTION_ORDER =
      Comparator.<JsonNode>comparingInt(row -> row.path("StagingScore").asInt())
          .thenComparing(row -> row.path("_time").asText())
          .reversed();

  @TempDir private static Path shared;
  private static Path logs;

  /** What a hunt of this machine's files into a folder of this machine gives. */
  private static Hunt expected;

  @TempDir private Path folder;

  @BeforeAll
  static void huntHere() throws IOException {
    logs = Files.createDirectory(shared.resolve("logs"));
    try (Stream<Path> samples = Files.walk(SharedData.samples())) {
      for (Path sample : samples.filter(Files::isRegularFile).toList()) {
        Path copy = logs.resolve(SharedData.samples().relativize(sample).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(sample, copy);
      }
    }
    for (int i = 0; i < 8; i++) {
      Files.writeString(logs.resolve("noise-" + i + ".ndjson"), "noise\n");
    }
    expected = Hunt.through(shared.resolve("out"), logs);
    assertThat(expected.exitCode()).isZero();
    assertThat(expected.deadLetters()).hasSize(8);
  }

  @BeforeEach
  void fillStore() throws IOException {
    ObjectStore.empty();
    try (Stream<Path> files = Files.walk(logs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        ObjectStore.put("bucket://store/logs/" + logs.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  private Path out() {
    return folder.resolve("out");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** The lines of an output in parts, by part. */
  private static List<List<String>> parts(Path folder) throws IOException {
    List<List<String>> parts = new ArrayList<>();
    for (String name : names(folder)) {
      assertThat(name).isEqualTo(String.format("part-%05d.ndjson", parts.size()));
      parts.add(Files.readAllLines(folder.resolve(name)));
    }
    return parts;
  }

  private static List<String> all(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  // ---- file systems

  @Test
  void urisOfThisMachineGiveTheSameBytes() throws IOException {
    Hunt hunt = Hunt.runTo("file://" + out(), out(), "file://" + logs);
    assertThat(hunt.exitCode()).isZero();
    assertThat(hunt.out()).endsWith("Results: " + out() + "\n");
    assertThat(names(out())).isEqualTo(RESULTS);
    for (String name : RESULTS.subList(0, 3)) {
      assertThat(hunt.text(name)).isEqualTo(expected.text(name));
    }
  }

  @Test
  void anObjectStoreGivesTheSameBytes() throws IOException {
    Hunt hunt = Hunt.runTo("bucket://store/out", out(), "bucket://store/logs");
    assertThat(hunt.err()).isEmpty();
    assertThat(hunt.exitCode()).isZero();
    assertThat(hunt.out()).endsWith("Results: bucket://store/out\n");
    Map<String, String> objects = ObjectStore.objects("bucket://store/out/");
    assertThat(objects.keySet())
        .as("results and nothing else")
        .containsExactlyElementsOf(
            RESULTS.stream().map(name -> "bucket://store/out/" + name).toList());
    for (String name : RESULTS.subList(0, 3)) {
      assertThat(objects.get("bucket://store/out/" + name))
          .isEqualTo(expected.text(name).replace(logs.toString(), "bucket://store/logs"));
    }
    assertThat(ObjectStore.written())
        .as("nothing is written under its last name")
        .allMatch(key -> key.startsWith("bucket://store/out/.hunting-"));
  }

  @Test
  void inAnObjectStoreResultsAreReplaced() {
    Hunt.runTo("bucket://store/out", out(), "--parts", "bucket://store/logs");
    assertThat(ObjectStore.objects("bucket://store/out/").keySet())
        .contains("bucket://store/out/detections/part-00000.ndjson")
        .doesNotContain("bucket://store/out/detections.ndjson");
    for (int i = 0; i < 2; i++) {
      Hunt hunt = Hunt.runTo("bucket://store/out", out(), "bucket://store");
      assertThat(hunt.err()).isEmpty();
      assertThat(ObjectStore.objects("bucket://store/out/")).hasSize(RESULTS.size());
    }
  }

  @Test
  void anObjectThatVanishesBeforeItIsReadIsADeadLetter() throws IOException {
    ObjectStore.vanish("bucket://store/logs/noise-3.ndjson");
    Hunt hunt = Hunt.run(out(), "bucket://store/logs");
    assertThat(hunt.exitCode()).isZero();
    assertThat(hunt.deadLetters()).hasSize(8);
    assertThat(hunt.deadLetters().get(3).path("reason").asText())
        .startsWith("the file cannot be opened: ");
    assertThat(hunt.detections()).hasSameSizeAs(expected.detections());
  }

  // ---- parts

  @Test
  void partsAreSortedAndHoldWhatOneFileWould() throws IOException {
    Hunt hunt = Hunt.run(out(), "--parts", "--parallelism", "3", logs.toString());
    assertThat(hunt.exitCode()).isZero();
    assertThat(names(out()))
        .containsExactly("alerts.ndjson", "dead-letters", "detections", "summary.json");
    assertThat(hunt.text("alerts.ndjson")).isEqualTo(expected.text("alerts.ndjson"));
    List<List<String>> detections = parts(out().resolve("detections"));
    assertThat(detections)
        .as("one each, and what is found later")
        .hasSize(4)
        .filteredOn(part -> !part.isEmpty())
        .hasSizeGreaterThan(1);
    assertThat(all(detections))
        .containsExactlyInAnyOrderElementsOf(expected.text("detections.ndjson").lines().toList());
    for (int i = 0; i < detections.size(); i++) {
      assertThat(hunt.lines(String.format("detections/part-%05d.ndjson", i)))
          .isSortedAccordingTo(DETECTION_ORDER);
    }
    List<List<String>> deadLetters = parts(out().resolve("dead-letters"));
    assertThat(all(deadLetters))
        .containsExactlyInAnyOrderElementsOf(expected.text("dead-letters.ndjson").lines().toList());
    assertThat(deadLetters).allSatisfy(part -> assertThat(part).isSorted());
    assertThat(hunt.out())
        .contains("        8  neither JSON nor XML; first: ", "noise-0.ndjson at byte 0")
        .startsWith(expected.out().substring(0, expected.out().indexOf("\nRead ")));
  }

  @Test
  void resultsInPartsAndInFilesReplaceEachOther() throws IOException {
    Hunt.run(out(), "--parts", "--parallelism", "3", logs.toString());
    Hunt.run(out(), "--parts", "--parallelism", "1", logs.toString());
    assertThat(parts(out().resolve("detections"))).hasSize(2);
    Path note = Files.writeString(out().resolve("detections/note.txt"), "mine");
    Hunt.through(out(), logs);
    assertThat(names(out()))
        .containsExactly(
            "alerts.ndjson",
            "dead-letters.ndjson",
            "detections",
            "detections.ndjson",
            "summary.json");
    assertThat(names(out().resolve("detections"))).containsExactly("note.txt");
    Files.delete(note);
    Hunt.run(out(), "--parts", logs.toString());
    assertThat(names(out()))
        .containsExactly("alerts.ndjson", "dead-letters", "detections", "summary.json");
  }

  @Test
  void whatABrokenHuntLeftBehindIsNoResult() throws IOException {
    Path left = Files.createDirectories(out().resolve(".hunting-0/detections.ndjson/00000"));
    Files.writeString(left.resolve("9"), "left over");
    Hunt hunt = Hunt.run(out(), "--parts", logs.toString(), folder.toString());
    assertThat(all(parts(out().resolve("detections"))))
        .hasSameSizeAs(expected.detections())
        .doesNotContain("left over");
    assertThat(hunt.summary().path("dead_letters").asInt()).isEqualTo(8);
  }
}
