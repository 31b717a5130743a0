package io.stagehound.decode;

import static io.stagehound.decode.NumberedEvents.event;
import static io.stagehound.decode.NumberedEvents.numbers;
import static io.stagehound.decode.NumberedEvents.pretty;
import static io.stagehound.decode.NumberedEvents.xml;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.event.SysmonEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects that hold a list of records: opened, so that their length does not matter. */
class RecordListsTest {

  /** How each text is read: the events found in it, and the number of dead letters. */
  static List<Object[]> lists() {
    String one = event(1);
    String two = event(2);
    return List.of(
        new Object[] {"one line", "{\"Records\":[" + one + "," + two + "]}", "1 2", 0},
        new Object[] {
          "with a rest", "{\"value\":[" + one + "],\"@odata.nextLink\":\"]}\"}" + two, "1 2", 0
        },
        new Object[] {
          "pretty",
          "{\n \"took\": 3,\n \"hits\": {\n  \"total\": {\"value\": 2},\n  \"hits\": [\n   {\"_source\": "
              + pretty(1)
              + "},\n   {\"_source\": "
              + two
              + "}\n  ]\n }\n}\n"
              + event(3),
          "1 2 3",
          0
        },
        new Object[] {
          "lines", "{\"events\":[\n" + one + ",\n" + two + "\n]}\n" + event(3), "1 2 3", 0
        },
        new Object[] {
          "below a wrapper", "{\"body\":{\"records\":[" + one + "," + two + "]}}", "1 2", 0
        },
        new Object[] {
          "a dotted name", "{\"hits.hits\":[{\"_source\":" + one + "}]}" + two, "1 2", 0
        },
        new Object[] {
          "two lists", "{\"records\":[" + one + "],\"x\":[{}],\"value\":[" + two + "]}", "1 2", 0
        },
        new Object[] {
          "lists in a list", "[{\"records\":[" + one + "]},{\"records\":[" + two + "]}]", "1 2", 0
        },
        new Object[] {
          "a record that has a list", two.replace("}", ",\"events\":[" + one + "]}"), "1 2", 0
        },
        new Object[] {"a list of other things", one.replace("}", ",\"value\":[\"a\",1]}"), "1", 0},
        new Object[] {"an empty list", "{\"Records\":[]}" + one, "1", 1},
        new Object[] {
          "what is no record in it",
          "{\"Records\":[" + one + ",1,\"],{\\\"\", null ,[2,{}],{}," + two + "]}",
          "1 2",
          5
        },
        // Damage.
        new Object[] {
          "a bad record", "{\"Records\":[" + one + ",{\"a\" 1}," + two + "]}", "1 2", 1
        },
        new Object[] {"a bad rest", "{\"Records\":[" + one + "],\"a\" 1}" + two, "1 2", 1},
        new Object[] {"no comma", "{\"Records\":[" + one + "\n" + two + "]}", "1 2", 1},
        new Object[] {"cut at the end", "{\"Records\":[" + one + ",", "1", 1},
        new Object[] {"cut in a record", "{\"Records\":[" + one + ",{\"a\":\"\n" + two, "1 2", 1},
        new Object[] {
          "cut after a record", "{\"Records\":[" + one + "\n{\"Records\":[" + two + "]}", "1 2", 1
        },
        new Object[] {
          "cut after a comma", "{\"Records\":[" + one + ",\n{\"Records\":[" + two + "]}", "1 2", 1
        },
        new Object[] {"cut, then XML", "{\"Records\":[" + one + ",\n" + xml(2), "1 2", 1},
        new Object[] {"cut in the rest", "{\"Records\":[" + one + "],\"a\":\"\n" + two, "1 2", 1},
        new Object[] {"a bracket too much", "{\"Records\":[" + one + "}\n" + two, "1 2", 1});
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lists")
  void lists(String name, String text, String expected, int deadLetters) throws IOException {
    Collected collected = Collected.ofText(text);
    assertThat(
            numbers(collected).stream()
                .map(String::valueOf)
                .reduce("", (a, b) -> (a + " " + b).strip()))
        .isEqualTo(expected);
    assertThat(collected.deadLetters).as("%s", collected.deadLetters).hasSize(deadLetters);
    for (DeadLetter deadLetter : collected.deadLetters) {
      assertThat(deadLetter.position() + deadLetter.length()).isLessThanOrEqualTo(text.length());
    }
  }

  @Test
  void aDeadLetterQuotesTheElementAndNotTheList() throws IOException {
    Collected collected =
        Collected.ofText("{\"Records\":[" + event(1) + ",{\"b\":2}," + event(3) + "]}");
    DeadLetter deadLetter = collected.deadLetters.get(0);
    assertThat(deadLetter.excerpt()).isEqualTo("{\"b\":2}");
    assertThat(deadLetter.position()).isEqualTo(13 + event(1).length());
    assertThat(deadLetter.length()).isEqualTo(7);
  }

  @Test
  void aCutListSaysWhereItBegan() throws IOException {
    Collected collected = Collected.ofText("\n{\"Records\":[" + event(1) + ",");
    DeadLetter deadLetter = collected.deadLetters.get(0);
    assertThat(deadLetter.position()).isEqualTo(1);
    assertThat(deadLetter.length()).isEqualTo(13 + event(1).length());
    assertThat(deadLetter.excerpt()).isEqualTo("{\"Records\":[");
    assertThat(deadLetter.reason()).isEqualTo("the input ends inside the record");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"value\":[ | ]}",
        "{\"took\":3,\"hits\":{\"total\":1,\"hits\":[ | ]},\"x\":1}",
        "<export><Events> | </Events></export>",
      })
  void aListMayBeLongerThanARecord(String head, String tail) throws IOException {
    boolean isXml = head.startsWith("<");
    String record = (isXml ? xml(1) : event(1) + ",") + " ".repeat(4000);
    int count = 10_000;
    try (InputStream in = new Repeated(head, record, count, isXml ? tail : event(1) + tail)) {
      Counted counted = new Counted();
      try (RecordReader reader = new RecordReader("test", in)) {
        TelemetryDecoder decoder = new TelemetryDecoder();
        while (reader.readRecord(decoder, counted)) {
          assertThat(counted.events - counted.before).as("events at a time").isLessThan(2);
          counted.before = counted.events;
        }
        assertThat(reader.position()).isGreaterThan(2L * Frame.LONGEST_RECORD);
      }
      assertThat(counted.events).isEqualTo(count + (isXml ? 0 : 1));
      assertThat(counted.deadLetters).isZero();
    }
  }

  /** Counts what came, and keeps none of it. */
  private static final class Counted implements DecodedSink {
    private int events;
    private int before;
    private int deadLetters;

    @Override
    public void event(SysmonEvent event) {
      events++;
    }

    @Override
    public void notRelevant() {
      throw new AssertionError("all are relevant");
    }

    @Override
    public void deadLetter(DeadLetter deadLetter) {
      deadLetters++;
    }
  }

  /** A text, another many times over, and a third. */
  private static final class Repeated extends InputStream {
    private final byte[] repeated;
    private final byte[] last;
    private byte[] now;
    private int at;
    private int left;

    Repeated(String first, String repeated, int count, String last) {
      this.now = first.getBytes(StandardCharsets.UTF_8);
      this.repeated = repeated.getBytes(StandardCharsets.UTF_8);
      this.left = count;
      this.last = last.getBytes(StandardCharsets.UTF_8);
    }

    private boolean next() {
      while (at == now.length && left >= 0) {
        now = left > 0 ? repeated : last;
        at = 0;
        left--;
      }
      return at < now.length;
    }

    @Override
    public int read() {
      return next() ? now[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (!next()) {
        return -1;
      }
      int count = Math.min(length, now.length - at);
      System.arraycopy(now, at, into, offset, count);
      at += count;
      return count;
    }
  }

  @Test
  void manyUnusableElementsAreFolded() throws IOException {
    String text = "{\"Records\":[" + "{},".repeat(50_000) + event(1) + "]}";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Collected collected = Collected.ofStream(new ByteArrayInputStream(bytes));
    assertThat(numbers(collected)).containsExactly(1);
    assertThat(collected.deadLetters).hasSize(10_001);
    assertThat(collected.deadLetters.get(0).excerpt()).isEqualTo("{}");
    assertThat(collected.deadLetters.get(10_000).reason())
        .isEqualTo("40000 more pieces in a row that could not be used");
  }
}
