package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stagehound.SharedData;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample raises what its case says, alone and among the others. */
class SamplesTest {

  /** What {@code case.yaml} says. */
  record Case(
      @JsonProperty("why") String why,
      @JsonProperty("detections") Map<String, Long> detections,
      @JsonProperty("alerts") List<RaisedAlert> alerts) {
    @JsonCreator
    Case {}
  }

  /** An alert as a case describes it. */
  record RaisedAlert(
      @JsonProperty("pattern") String pattern,
      @JsonProperty("host") String host,
      @JsonProperty("severity") String severity,
      @JsonProperty("linked") boolean linked,
      @JsonProperty("archives") long archives,
      @JsonProperty("copies") long copies) {
    @JsonCreator
    RaisedAlert {}

    static RaisedAlert of(JsonNode alert) {
      return new RaisedAlert(
          alert.path("pattern").asText(),
          alert.path("host").asText(),
          alert.path("severity").asText(),
          alert.path("linked").asBoolean(),
          alert.path("step_counts").path("archive").asLong(),
          alert.path("step_counts").path("copy").asLong());
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void raisesWhatItsCaseSays(Path sample) throws IOException {
    Case expected = read(sample);
    assertThat(expected.why()).isNotBlank().doesNotContain("\n");
    Hunt hunt = Hunt.through(folder.resolve(String.valueOf(sample.getFileName())), sample);
    assertThat(hunt.exitCode()).isZero();
    assertThat(hunt.deadLetters()).isEmpty();
    assertThat(types(hunt.detections())).isEqualTo(new TreeMap<>(expected.detections()));
    assertThat(hunt.alerts().stream().map(RaisedAlert::of))
        .containsExactlyInAnyOrderElementsOf(expected.alerts());
  }

  @Test
  void togetherTheyRaiseTheSumOfAll() throws IOException {
    Map<String, Long> types = new TreeMap<>();
    List<RaisedAlert> alerts = new ArrayList<>();
    for (Path sample : cases().toList()) {
      Case expected = read(sample);
      expected.detections().forEach((type, count) -> types.merge(type, count, Long::sum));
      alerts.addAll(expected.alerts());
    }
    assertThat(types(all.detections())).isEqualTo(types);
    assertThat(all.alerts().stream().map(RaisedAlert::of))
        .containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(all.deadLetters()).isEmpty();
  }
}
