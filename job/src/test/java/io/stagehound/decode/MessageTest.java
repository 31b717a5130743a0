package io.stagehound.decode;

import static io.stagehound.decode.NumberedEvents.event;
import static io.stagehound.decode.NumberedEvents.numbers;
import static io.stagehound.decode.NumberedEvents.pretty;
import static io.stagehound.decode.NumberedEvents.xml;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages, each of which holds what a file may hold. */
class MessageTest {

  /** What each message holds: the events found in it, and the number of dead letters. */
  static List<Object[]> messages() {
    return List.of(
        new Object[] {"one record", event(1), "1", 0},
        new Object[] {"one pretty record", "\n " + pretty(1) + "\n", "1", 0},
        new Object[] {"one XML event", xml(1), "1", 0},
        new Object[] {"a declaration before it", "<?xml version='1.0'?>\n" + xml(1), "1", 0},
        new Object[] {"a byte order mark before it", "\uFEFF" + event(1), "1", 0},
        new Object[] {"lines", event(1) + "\n" + event(2) + "\n", "1 2", 0},
        new Object[] {"XML lines", xml(1) + "\n" + xml(2), "1 2", 0},
        new Object[] {"an XML document", "<Events>" + xml(1) + xml(2) + "</Events>", "1 2", 0},
        new Object[] {"a list", "[" + event(1) + "," + event(2) + "]", "1 2", 0},
        new Object[] {"records", "{\"records\":[" + event(1) + "," + event(2) + "]}", "1 2", 0},
        new Object[] {
          "two of them",
          "{\"records\":[" + event(1) + "]}\n{\"records\":[" + event(2) + "]}",
          "1 2",
          0
        },
        new Object[] {"nothing", "", "", 1},
        new Object[] {"white space", " \n", "", 1},
        new Object[] {"noise", "not a record", "", 1},
        new Object[] {"a cut record", event(1).substring(0, 60), "", 1},
        new Object[] {"noise between", event(1) + "\nnoise\n" + event(2), "1 2", 1});
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void messages(String name, String text, String expected, int deadLetters) throws IOException {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    for (byte[] message : List.of(plain, packed.toByteArray())) {
      byte[] before = message.clone();
      Collected collected = new Collected();
      new TelemetryDecoder().decodeMessage("topic/0", 42, message, collected);
      assertThat(message).as("is left as it was").isEqualTo(before);
      assertThat(
              numbers(collected).stream()
                  .map(String::valueOf)
                  .reduce("", (a, b) -> (a + " " + b).strip()))
          .isEqualTo(expected);
      assertThat(collected.deadLetters).as("%s", collected.deadLetters).hasSize(deadLetters);
      for (DeadLetter deadLetter : collected.deadLetters) {
        assertThat(deadLetter.origin()).isEqualTo("topic/0");
        assertThat(deadLetter.position()).isEqualTo(42);
        assertThat(deadLetter.reason()).isNotBlank();
      }
    }
  }
}
