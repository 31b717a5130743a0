package io.stagehound.decode;

import static io.stagehound.decode.NumberedEvents.event;
import static io.stagehound.decode.NumberedEvents.numbers;
import static io.stagehound.decode.NumberedEvents.pretty;
import static io.stagehound.decode.NumberedEvents.xml;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams cut into records: layouts, and damage that costs only itself. */
class RecordReaderTest {

  /** How each text is read: the events found in it, and the number of dead letters. */
  static List<Object[]> layouts() {
    String damaged = event(9).substring(0, 60);
    return List.of(
        new Object[] {"nothing", "", "", 0},
        new Object[] {"white space", " \r\n\t\n", "", 0},
        new Object[] {"lines", event(1) + "\n" + event(2) + "\n", "1 2", 0},
        new Object[] {"no end of line", event(1) + "\n" + event(2), "1 2", 0},
        new Object[] {"CRLF", event(1) + "\r\n" + event(2) + "\r\n", "1 2", 0},
        new Object[] {"on one line", event(1) + event(2) + " " + event(3), "1 2 3", 0},
        new Object[] {"pretty", pretty(1) + "\n" + pretty(2) + "\n", "1 2", 0},
        new Object[] {"a list", "[" + event(1) + ",\n" + event(2) + "]", "1 2", 0},
        new Object[] {"a pretty list", "[\n" + pretty(1) + ",\n" + pretty(2) + "\n]\n", "1 2", 0},
        new Object[] {"record separators", "\u001e" + event(1) + "\n\u001e" + event(2), "1 2", 0},
        new Object[] {"XML lines", xml(1) + "\n" + xml(2), "1 2", 0},
        new Object[] {
          "an XML document",
          "<?xml version=\"1.0\"?>\n<!-- x > y -->\n<Events>\n" + xml(1) + xml(2) + "\n</Events>\n",
          "1 2",
          0
        },
        new Object[] {"XML over lines", xml(1).replace("><", ">\n<") + "\n" + xml(2), "1 2", 0},
        new Object[] {"mixed", event(1) + "\n" + xml(2) + "\n" + pretty(3) + "\n", "1 2 3", 0},
        new Object[] {"a byte order mark", "\uFEFF" + event(1), "1", 0},
        new Object[] {
          "files behind each other",
          "\uFEFF" + event(1) + "\n\uFEFF" + xml(2) + "\uFEFF\n",
          "1 2",
          0
        },
        new Object[] {
          "an XML document of another name",
          "<?xml version='1.0'?><e:export xmlns:e='x>y'>\n <batch>"
              + xml(1)
              + "\n"
              + xml(2)
              + "</batch>"
              + xml(3)
              + "</e:export>\n"
              + event(4),
          "1 2 3 4",
          0
        },
        new Object[] {"trailing zeros", event(1) + "\n\0\0\0", "1", 0},
        new Object[] {"brackets in texts", event(1).replace("\"h\"", "\"h}{][\\\"\""), "1", 0},
        // Damage.
        new Object[] {"a cut line", event(1) + "\n" + damaged + "\n" + event(2), "1 2", 1},
        new Object[] {"cut after a name", "{\"EventID\":\n" + event(1) + "\n" + event(2), "1 2", 1},
        new Object[] {
          "cut after a value", "{\"EventID\":1\n" + event(1) + "\n" + event(2), "1 2", 1
        },
        new Object[] {
          "cut after a comma", "{\"EventID\":1,\n" + event(1) + "\n" + event(2), "1 2", 1
        },
        new Object[] {"cut at the end", event(1) + "\n" + damaged, "1", 1},
        new Object[] {
          "a cut pretty one",
          pretty(9).substring(0, 70) + "\n" + pretty(1) + "\n" + pretty(2),
          "1 2",
          1
        },
        new Object[] {"words", event(1) + "\nnot a record\nnor this\n" + event(2), "1 2", 2},
        new Object[] {"a bad bracket", event(1) + "\n{\"a\":[1}\n" + event(2), "1 2", 1},
        new Object[] {"bad JSON", event(1) + "\n{\"a\" 1}\n" + event(2), "1 2", 1},
        new Object[] {
          "cut XML", xml(9).substring(0, 200) + "\n" + xml(1) + "\n" + xml(2), "1 2", 1
        },
        new Object[] {"cut XML, then JSON", xml(9).substring(0, 200) + "\n" + event(1), "1", 1},
        new Object[] {"bad XML", "<Event><a></b></Event>\n" + xml(1), "1", 1},
        new Object[] {"half a tag", "<Event\n" + event(1), "1", 1},
        new Object[] {
          "a document type of many lines",
          "<!DOCTYPE e [\n<!-- don't > -->\n<!ENTITY x \"]>\">\n<!ELEMENT y ANY>\n]>\n" + xml(1),
          "1",
          1
        },
        new Object[] {"a document type left open", "<!DOCTYPE e [\n<!ENTITY\n" + xml(1), "1", 1},
        new Object[] {"a comment left open", "<!-- a\nb\n<c>\n" + xml(1) + "\n" + xml(2), "1 2", 1},
        new Object[] {"XML that is none of ours", "<a><b>\n<c/></b>\n</a>\n" + xml(1), "1", 1},
        new Object[] {
          "XML that holds more than events",
          "<a>\n<b>x</b>\n" + xml(1) + "\n</a>" + xml(2),
          "1 2",
          1
        },
        new Object[] {"HTML", "<p>x<br>\ny<br>\n" + event(1) + "\n<br>\n" + xml(2), "1 2", 1},
        new Object[] {"deep XML", "<a>".repeat(100_000) + "\n" + xml(1), "1", 1},
        new Object[] {"a line that ends in a backslash", "{\"a\":\"\\\n" + event(1), "1", 1},
        new Object[] {"a document type", "<!DOCTYPE e [<!ENTITY x \"y\">]>\n" + xml(1), "1", 1},
        new Object[] {"deep", "[".repeat(9) + "{\"a\":".repeat(100_000) + "\n" + event(1), "1", 1},
        new Object[] {"deep lists", "{\"a\":" + "[".repeat(100_000) + "\n" + event(1), "1", 1},
        new Object[] {"noise", "\u0001\u0002\u0000x\n" + event(1) + "\n\u0003", "1", 2});
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void layouts(String name, String text, String expected, int deadLetters) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Collected whole = Collected.ofStream(new ByteArrayInputStream(bytes));
    assertThat(
            numbers(whole).stream()
                .map(String::valueOf)
                .reduce("", (a, b) -> (a + " " + b).strip()))
        .isEqualTo(expected);
    assertThat(whole.deadLetters).as("%s", whole.deadLetters).hasSize(deadLetters);
    for (DeadLetter deadLetter : whole.deadLetters) {
      assertThat(deadLetter.reason()).isNotBlank();
      assertThat(deadLetter.position() + deadLetter.length()).isLessThanOrEqualTo(bytes.length);
    }
    Collected dripped = Collected.ofStream(new Dripping(bytes));
    assertThat(dripped.events).isEqualTo(whole.events);
    assertThat(dripped.deadLetters).isEqualTo(whole.deadLetters);
  }

  /** Gives a few bytes at a time. */
  private static final class Dripping extends ByteArrayInputStream {
    private final Random random = new Random(1);

    Dripping(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, 1 + random.nextInt(7)));
    }
  }

  @Test
  void aDeadLetterQuotesTheBeginningOfItsRecord() throws IOException {
    String line = "{\"a\":\"" + "x".repeat(5_000);
    Collected collected = Collected.ofText(event(1) + "\n" + line + "\n");
    DeadLetter deadLetter = collected.deadLetters.get(0);
    assertThat(deadLetter.position()).isEqualTo(event(1).length() + 1);
    assertThat(deadLetter.length()).isEqualTo(line.length());
    assertThat(deadLetter.excerpt()).isEqualTo(line.substring(0, DeadLetter.EXCERPT_LIMIT));
  }

  @Test
  void bytesThatAreNotUtf8BecomeReplacements() throws IOException {
    byte[] bytes = event(1).replace("\"h\"", "\"h\u00ff\"").getBytes(StandardCharsets.ISO_8859_1);
    Collected collected = Collected.ofStream(new ByteArrayInputStream(bytes));
    assertThat(collected.events).hasSize(1);
    assertThat(collected.events.get(0).host()).isEqualTo("h\uFFFD");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void utf16IsToldByItsMark(String charset) throws IOException {
    byte[] bytes =
        ("\uFEFF" + event(1).replace("\"h\"", "\"\ud83d\ude00\"") + "\r\n" + xml(2))
            .getBytes(charset);
    Collected collected = Collected.ofStream(new Dripping(bytes));
    assertThat(numbers(collected)).containsExactly(1, 2);
    assertThat(collected.events.get(0).host()).isEqualTo("\ud83d\ude00");
  }

  static List<Object[]> filesThatAreNoText() {
    return List.of(
        new Object[] {"ElfFile", "evtx"},
        new Object[] {"PK\u0003\u0004", "zip"},
        new Object[] {"7z\u00bc\u00af", "7-Zip"},
        new Object[] {"PAR1", "Parquet"},
        new Object[] {"BZh9", "bzip2"});
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("filesThatAreNoText")
  void aFileThatIsNoTextIsOneDeadLetterThatSaysWhatToDo(String magic, String advice)
      throws IOException {
    byte[] head = (magic + "\0").getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = Arrays.copyOf(head, 10_000);
    Collected collected = Collected.ofStream(new ByteArrayInputStream(bytes));
    assertThat(collected.records()).isEqualTo(1);
    assertThat(collected.deadLetters.get(0).reason()).contains(advice);
    assertThat(
            Collected.ofStream(new ByteArrayInputStream(gzip(bytes))).deadLetters.get(0).reason())
        .contains(advice);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void gzipIsToldByItsMarkAndMayHaveSeveralMembers() throws IOException {
    byte[] first = gzip((event(1) + "\n").getBytes(StandardCharsets.UTF_8));
    byte[] second = gzip(event(2).getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertThat(numbers(Collected.ofStream(new ByteArrayInputStream(both)))).containsExactly(1, 2);
  }

  @Test
  void ofATruncatedGzipWhatCanBeReadCounts() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append(event(i)).append('\n');
    }
    byte[] whole = gzip(text.toString().getBytes(StandardCharsets.UTF_8));
    int most = 0;
    for (int length = 2; length < whole.length; length++) {
      Collected collected =
          Collected.ofStream(new ByteArrayInputStream(Arrays.copyOf(whole, length)));
      assertThat(collected.deadLetters).as("cut to %d", length).isNotEmpty().hasSizeLessThan(3);
      assertThat(collected.deadLetters.get(collected.deadLetters.size() - 1).reason())
          .contains("gzip")
          .contains("cut short");
      List<Integer> numbers = numbers(collected);
      for (int i = 0; i < numbers.size(); i++) {
        assertThat(numbers.get(i)).isEqualTo(i);
      }
      most = Math.max(most, numbers.size());
    }
    assertThat(most).isGreaterThan(190);
  }

  @Test
  void aCorruptGzipIsSaid() throws IOException {
    byte[] bytes = gzip((event(1) + "\n").repeat(50_000).getBytes(StandardCharsets.UTF_8));
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 50, (byte) 0xFF);
    Collected collected = Collected.ofStream(new ByteArrayInputStream(bytes));
    assertThat(collected.events).isNotEmpty();
    assertThat(collected.deadLetters)
        .extracting(DeadLetter::reason)
        .anyMatch(r -> r.contains("gzip"));
  }

  @ParameterizedTest(name = "100 MB in ''{0}''")
  @ValueSource(strings = {"{\"a\":\"", "x", "<Event><a b='", "{\"a\":[1,1,"})
  void aLineOfAHundredMegabytesIsOneDeadLetter(String start) throws IOException {
    long length = 100_000_000;
    Collected collected =
        Collected.ofStream(
            new SequenceInputStream(
                new ByteArrayInputStream(
                    (event(1) + "\n" + start).getBytes(StandardCharsets.UTF_8)),
                new SequenceInputStream(
                    new Repeated((byte) '1', length),
                    new ByteArrayInputStream(("\n" + event(2)).getBytes(StandardCharsets.UTF_8)))));
    assertThat(numbers(collected)).containsExactly(1, 2);
    assertThat(collected.deadLetters).hasSize(1);
    assertThat(collected.deadLetters.get(0).length()).isEqualTo(length + start.length());
    assertThat(collected.deadLetters.get(0).excerpt()).startsWith(start);
  }

  /** One byte, over and over. */
  private static final class Repeated extends InputStream {
    private final byte value;
    private long left;

    Repeated(byte value, long count) {
      this.value = value;
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? value : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      Arrays.fill(into, offset, offset + count, value);
      left -= count;
      return count;
    }
  }

  @Test
  void noiseIsFoldedSoThatDeadLettersStayFew() throws IOException {
    Random random = new Random(5);
    byte[] noise = new byte[8 << 20];
    random.nextBytes(noise);
    noise[0] = 'x';
    byte[] text = ("\n" + event(1) + "\n").getBytes(StandardCharsets.UTF_8);
    Collected collected =
        Collected.ofStream(
            new SequenceInputStream(
                new ByteArrayInputStream(noise), new ByteArrayInputStream(text)));
    assertThat(numbers(collected)).containsExactly(1);
    assertThat(collected.deadLetters).hasSize(10_001);
    assertThat(collected.deadLetters.get(10_000).reason()).contains("more pieces in a row");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void plantedRecordsAreFoundInAnyLayoutWithDamageBetween(long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    List<Integer> planted = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      switch (random.nextInt(7)) {
        case 0 -> text.append(event(99999).substring(0, 1 + random.nextInt(100))).append('\n');
        case 1 -> text.append("noise ").append(random.nextInt()).append('\n');
        case 2 -> text.append(xml(99999).substring(0, 1 + random.nextInt(200))).append('\n');
        default -> {
          planted.add(i);
          String record =
              switch (random.nextInt(3)) {
                case 0 -> event(i);
                case 1 -> xml(i);
                default -> pretty(i);
              };
          text.append(record).append('\n');
        }
      }
    }
    assertThat(numbers(Collected.ofText(text.toString()))).containsAll(planted);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void mutatedRecordsNeverThrow(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] text =
        (event(1) + "\n" + pretty(2) + "\n" + xml(3) + "\n" + event(4))
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] mutated = text.clone();
      for (int j = random.nextInt(6); j >= 0; j--) {
        mutated[random.nextInt(mutated.length)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : "{}[]\"\\<>/,:\n".charAt(random.nextInt(12)));
      }
      int from = random.nextInt(4) == 0 ? random.nextInt(mutated.length) : 0;
      Collected collected =
          Collected.ofStream(new ByteArrayInputStream(mutated, from, mutated.length - from));
      assertThat(collected.records()).isPositive();
    }
  }
}
