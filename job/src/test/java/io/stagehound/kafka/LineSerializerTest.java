package io.stagehound.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagehound.Events;
import io.stagehound.alert.Alert;
import io.stagehound.alert.AlertState;
import io.stagehound.alert.Confidence;
import io.stagehound.alert.Severity;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.output.AlertFormat;
import io.stagehound.output.DetectionFormat;
import io.stagehound.output.LineFormat;
import io.stagehound.score.Detection;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves for Kafka, however long an attacker made it. */
class LineSerializerTest {

  private static <T> ProducerRecord<byte[], byte[]> write(LineFormat<T> format, T element) {
    return new LineSerializer<>("topic", format).line(element);
  }

  private static Detection detection(String filler, int length) {
    SysmonEvent event =
        Events.event(
            EventType.PROCESS_CREATE,
            1_000,
            "ws1",
            "C:\\Windows\\System32\\xcopy.exe",
            "xcopy a \\\\fs01\\d " + filler.repeat(length),
            null);
    return Detection.of(event).orElseThrow();
  }

  @ParameterizedTest(name = "filler {index}")
  @ValueSource(strings = {"x", "\u0001", "\u00fc", "\"", "\\", "\ud83d\ude00"})
  void aLineIsNeverLargerThanABrokerTakes(String filler) {
    for (int length : new int[] {10, 100_000, 8_000_000}) {
      byte[] value = write(new DetectionFormat(), detection(filler, length)).value();
      assertThat(value.length).isLessThanOrEqualTo(LineSerializer.MOST_BYTES);
      assertThat(new String(value, StandardCharsets.UTF_8))
          .startsWith("{\"_time\":\"1970-01-01T00:00:01.000Z\",\"host\":\"ws1\"")
          .endsWith("}");
    }
  }

  @Test
  void whatFitsIsNotCut() {
    byte[] value = write(new DetectionFormat(), detection("x", 900_000)).value();
    assertThat(value.length).isGreaterThan(900_000);
  }

  @Test
  void aRecordHasItsFormatsKey() {
    ProducerRecord<byte[], byte[]> line = write(new DetectionFormat(), detection("x", 1));
    assertThat(line.key()).isEqualTo("ws1".getBytes(StandardCharsets.UTF_8));
    assertThat(line.timestamp()).as("the broker's own").isNull();
  }

  @Test
  void anAlertOfManyLongCopiesIsHalvedUntilItFits() throws Exception {
    StringBuilder line = new StringBuilder("/c ");
    for (int i = 0; i < 50; i++) {
      line.append("copy a \\\\").append("s".repeat(250)).append("\\").append("t".repeat(240));
      line.append(i).append("&");
    }
    SysmonEvent event =
        Events.event(
            EventType.PROCESS_CREATE,
            1_000,
            "ws1",
            "C:\\Windows\\System32\\cmd.exe",
            "cmd " + line,
            null);
    Step copy = Step.of(Detection.of(event).orElseThrow(), Arrival.ON_TIME, null).get(0);
    assertThat(Objects.requireNonNull(copy.detection().copy()).targets()).hasSize(50);
    Alert alert =
        new Alert(
            "id",
            "pattern",
            AlertState.OPEN,
            1,
            "ws1",
            Severity.HIGH,
            Confidence.MEDIUM,
            60,
            false,
            false,
            false,
            false,
            0,
            0,
            List.of("ws1"),
            1,
            List.of(),
            List.of(),
            List.of(),
            Collections.nCopies(40, copy),
            Map.of("copy", 40L),
            List.of(),
            "title",
            "explanation");
    byte[] value = write(new AlertFormat(), alert).value();
    assertThat(value.length).isLessThanOrEqualTo(LineSerializer.MOST_BYTES);
    JsonNode written = new ObjectMapper().readTree(value);
    assertThat(written.path("step_counts").path("copy").asLong()).isEqualTo(40);
    assertThat(written.path("steps")).hasSize(20);
    assertThat(written.path("title").asText()).isEqualTo("title");
  }
}
