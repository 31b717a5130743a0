package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stagehound.SharedData;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.Catalogue;
import io.stagehound.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample raises what its case says, alone and among the others. */
class SamplesTest {

  /**
   * What {@code case.yaml} says.
   *
   * @param why what happens, and what comes of it
   * @param pattern the pattern that the case is about; the core one where none is named
   * @param detections how many of each type
   * @param signals how many detections show each
   * @param alerts all of them
   * @param knownGap what an attacker could do that the case's pattern, or signal, would miss
   */
  record Case(
      @JsonProperty("why") String why,
      @JsonProperty("pattern") @Nullable String pattern,
      @JsonProperty("detections") Map<String, Long> detections,
      @JsonProperty("signals") Map<String, Long> signals,
      @JsonProperty("alerts") List<RaisedAlert> alerts,
      @JsonProperty("known_gap") @Nullable String knownGap) {
    @JsonCreator
    Case {}

    String patternId() {
      return pattern == null ? ArchiveThenUncCopy.ID : pattern;
    }

    boolean raises(String patternId) {
      return alerts.stream().anyMatch(alert -> alert.pattern().equals(patternId));
    }
  }

  /**
   * An alert as a case describes it.
   *
   * @param hosts on how many hosts its steps happened; 1 where the case does not say
   * @param steps how many of each name
   */
  record RaisedAlert(
      @JsonProperty("pattern") String pattern,
      @JsonProperty("host") String host,
      @JsonProperty("severity") String severity,
      @JsonProperty("linked") boolean linked,
      @JsonProperty("confirmed") boolean confirmed,
      @JsonProperty("hosts") long hosts,
      @JsonProperty("steps") Map<String, Long> steps) {
    @JsonCreator
    RaisedAlert {
      hosts = Math.max(1, hosts);
    }

    static RaisedAlert of(JsonNode alert) {
      Map<String, Long> steps = new TreeMap<>();
      alert
          .path("step_counts")
          .properties()
          .forEach(count -> steps.put(count.getKey(), count.getValue().asLong()));
      return new RaisedAlert(
          alert.path("pattern").asText(),
          alert.path("host").asText(),
          alert.path("severity").asText(),
          alert.path("linked").asBoolean(),
          alert.path("confirmed").asBoolean(),
          alert.path("host_count").asLong(),
          steps);
    }
  }

  /** One cluster for all of these hunts; to start one for each takes longer than to hunt. */
  @RegisterExtension
  private static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir private static Path folder;
  private static Hunt all;

  @BeforeAll
  static void huntAll() {
    all = Hunt.through(folder.resolve("all"), SharedData.samples());
  }

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(SharedData.samples())) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  private static Case read(Path folder) throws IOException {
    return new YAMLMapper().readValue(folder.resolve("case.yaml").toFile(), Case.class);
  }

  private static Map<String, Long> types(List<JsonNode> detections) {
    Map<String, Long> types = new TreeMap<>();
    for (JsonNode detection : detections) {
      types.merge(detection.path("DetectionType").asText(), 1L, Long::sum);
    }
    return types;
  }

  private static Map<String, Long> signals(List<JsonNode> detections) {
    Map<String, Long> signals = new TreeMap<>();
    for (JsonNode detection : detections) {
      detection
          .path("signals")
          .elements()
          .forEachRemaining(signal -> signals.merge(signal.asText(), 1L, Long::sum));
    }
    return signals;
  }

  private static Map<String, Case> casesThat(String begin) throws IOException {
    Map<String, Case> read = new TreeMap<>();
    for (Path sample : cases().toList()) {
      String name = String.valueOf(sample.getFileName());
      if (name.startsWith(begin)) {
        read.put(name, read(sample));
      }
    }
    return read;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void raisesWhatItsCaseSays(Path sample) throws IOException {
    Case expected = read(sample);
    assertThat(expected.why()).isNotBlank().doesNotContain("\n");
    assertThat(Catalogue.ids()).contains(expected.patternId());
    Hunt hunt = Hunt.through(folder.resolve(String.valueOf(sample.getFileName())), sample);
    assertThat(hunt.exitCode()).isZero();
    assertThat(hunt.deadLetters()).isEmpty();
    assertThat(types(hunt.detections())).isEqualTo(new TreeMap<>(expected.detections()));
    assertThat(signals(hunt.detections())).isEqualTo(new TreeMap<>(expected.signals()));
    assertThat(hunt.alerts().stream().map(RaisedAlert::of))
        .containsExactlyInAnyOrderElementsOf(expected.alerts());
  }

  @Test
  void togetherTheyRaiseTheSumOfAll() throws IOException {
    Map<String, Long> types = new TreeMap<>();
    Map<String, Long> signals = new TreeMap<>();
    List<RaisedAlert> alerts = new ArrayList<>();
    for (Case expected : casesThat("").values()) {
      expected.detections().forEach((type, count) -> types.merge(type, count, Long::sum));
      expected.signals().forEach((signal, count) -> signals.merge(signal, count, Long::sum));
      alerts.addAll(expected.alerts());
    }
    assertThat(types(all.detections())).isEqualTo(types);
    assertThat(signals(all.detections())).isEqualTo(signals);
    assertThat(all.alerts().stream().map(RaisedAlert::of))
        .containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(all.deadLetters()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.stagehound.pattern.Catalogue#ids")
  void everyPatternHasSamplesOfEachKindAndAKnownGap(String pattern) throws IOException {
    for (String kind : List.of("chain-", "near-", "benign-")) {
      assertThat(casesThat(kind).values())
          .as(kind)
          .anyMatch(sample -> sample.patternId().equals(pattern));
    }
    assertThat(casesThat("chain-").values())
        .filteredOn(sample -> sample.patternId().equals(pattern))
        .allMatch(sample -> sample.raises(pattern))
        .anyMatch(sample -> sample.knownGap() != null);
  }

  @ParameterizedTest
  @EnumSource
  void everySignalHasASampleThatShowsIt(Signal signal) throws IOException {
    Case sample = read(SharedData.samples().resolve("signal-" + signal.published()));
    assertThat(sample.signals()).containsKey(signal.published());
    assertThat(sample.knownGap()).isNotBlank();
  }

  @Test
  void theTableListsEveryCaseWithItsReason() throws IOException {
    String table = Files.readString(SharedData.samples().resolve("README.md"));
    for (Map.Entry<String, Case> sample : casesThat("").entrySet()) {
      assertThat(table.lines())
          .as(sample.getKey())
          .filteredOn(line -> line.startsWith("| [" + sample.getKey() + "]"))
          .singleElement()
          .asString()
          .endsWith("| " + inMarkdown(sample.getValue().why()) + " |");
    }
  }

  /** Markdown takes the first of two backslashes for an escape. */
  private static String inMarkdown(String text) {
    return text.replace("\\\\", "\\\\\\\\");
  }
}
