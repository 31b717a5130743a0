package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagehound.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hunts through real telemetry, where it is there, against an independent reading of it. */
class RealTelemetryTest {

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "otrf-flat-nxlog.ndjson.gz, 4887, 4887",
    "otrf-flat-timecreated.ndjson.gz, 10752, 10752",
    "otrf-winlogbeat6.ndjson.gz, 212, 212",
    "otrf-sentinel-stringified.ndjson.gz, 6, 6",
    "otrf-raw-covenant-copy-smb.ndjson.gz, 506, -1",
    "otrf-raw-purplesharp.ndjson.gz, 25993, -1",
    "splunk-flat-nxlog.ndjson.gz, 2055, 2055",
    "splunk-xml.txt.gz, 40, 40",
    "winlogbeat7-ecs.ndjson.gz, 1, 1",
  })
  void everyRecordIsReadAndScoredAsTheOracleDoes(String name, long records, long decoded)
      throws IOException {
    Path file = SharedData.telemetry().resolve(name);
    Hunt hunt = Hunt.through(folder, file);
    assertThat(hunt.exitCode()).isZero();
    JsonNode summary = hunt.summary();
    assertThat(hunt.deadLetters()).isEmpty();
    assertThat(summary.path("records").asLong()).isEqualTo(records);
    if (decoded >= 0) {
      assertThat(summary.path("decoded").asLong()).isEqualTo(decoded);
    }
    List<String> expected = new ArrayList<>();
    ScoreOracle.read(file, expected::add);
    assertThat(hunt.detections().stream().map(ScoreOracle::describe))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void noChainIsInIt() throws IOException {
    Hunt hunt = Hunt.through(folder, SharedData.telemetry());
    assertThat(hunt.alerts()).isEmpty();
    try (Stream<Path> files = Files.list(SharedData.telemetry())) {
      assertThat(hunt.out()).contains("in " + files.count() + " files");
    }
  }

  @Test
  void everyTimeIsSysmonsOwn() throws IOException {
    Hunt hunt = Hunt.through(folder, SharedData.telemetry());
    assertThat(hunt.detections())
        .extracting(row -> row.path("time_source").asText())
        .containsOnly("UtcTime");
  }
}
