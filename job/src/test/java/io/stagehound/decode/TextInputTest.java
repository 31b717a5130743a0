package io.stagehound.decode;

import static io.stagehound.decode.NumberedEvents.event;
import static io.stagehound.decode.NumberedEvents.numbers;
import static io.stagehound.decode.NumberedEvents.xml;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is packed in, and how its characters are written. */
class TextInputTest {

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** A gzip member of fifty events. */
  private static byte[] member(int first) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = first; i < first + 50; i++) {
      text.append(event(i)).append('\n');
    }
    return gzip(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] join(byte[]... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part);
    }
    return out.toByteArray();
  }

  private static Collected read(byte[]... parts) throws IOException {
    return Collected.ofStream(new ByteArrayInputStream(join(parts)));
  }

  private static List<Integer> upTo(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void zerosAfterAMemberArePadding() throws IOException {
    Collected collected = read(member(0), new byte[700], member(50), new byte[3]);
    assertThat(collected.deadLetters).isEmpty();
    assertThat(numbers(collected)).isEqualTo(upTo(0, 100));
  }

  @Test
  void headersMayHoldMoreThanTheyMust() throws IOException {
    byte[] plain = member(0);
    byte[] head = Arrays.copyOf(plain, 10);
    head[3] = 0x02 | 0x04 | 0x08 | 0x10;
    byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
    byte[] extra = ascii("\3\0abc" + "name\0" + "comment\0" + "##");
    Collected collected = read(head, extra, body);
    assertThat(collected.deadLetters).isEmpty();
    assertThat(numbers(collected)).isEqualTo(upTo(0, 50));
  }

  @ParameterizedTest(name = "byte {0} of the header of the second of three")
  @ValueSource(ints = {0, 1, 2, 3})
  void aBadHeaderCostsItsMemberAndIsSaid(int broken) throws IOException {
    byte[] bad = member(50);
    bad[broken] = (byte) 0xFE;
    byte[] first = member(0);
    Collected collected = read(first, bad, member(100));
    List<Integer> expected = new ArrayList<>(upTo(0, 50));
    expected.addAll(upTo(100, 150));
    assertThat(numbers(collected)).isEqualTo(expected);
    assertThat(collected.deadLetters).hasSize(1);
    assertThat(collected.deadLetters.get(0).reason())
        .isEqualTo("what follows a gzip member is none at byte " + first.length + " of the file");
    assertThat(collected.deadLetters.get(0).position()).isEqualTo(50L * event(10).length() + 40);
  }

  @Test
  void whatFollowsTheLastMemberIsSaid() throws IOException {
    byte[] packed = member(0);
    Collected collected = read(packed, ascii("\0\0" + event(7) + "\n"));
    assertThat(numbers(collected)).isEqualTo(upTo(0, 50));
    assertThat(collected.deadLetters)
        .extracting(DeadLetter::reason)
        .containsExactly(
            "what follows a gzip member is none at byte " + (packed.length + 2) + " of the file");
  }

  @Test
  void corruptionCostsTheRestOfItsMemberOnly() throws IOException {
    byte[] bad = member(50);
    Arrays.fill(bad, bad.length / 2, bad.length / 2 + 8, (byte) 0xFF);
    Collected collected = read(member(0), bad, member(100));
    assertThat(numbers(collected)).containsAll(upTo(0, 50)).containsAll(upTo(100, 150));
    assertThat(collected.deadLetters)
        .extracting(DeadLetter::reason)
        .anyMatch(reason -> reason.startsWith("the gzip stream is corrupt at byte "));
  }

  @Test
  void aChecksumThatDiffersIsSaid() throws IOException {
    byte[] bad = member(0);
    bad[bad.length - 6] ^= 1;
    Collected collected = read(bad, member(50));
    assertThat(numbers(collected)).isEqualTo(upTo(0, 100));
    assertThat(collected.deadLetters)
        .extracting(DeadLetter::reason)
        .containsExactly("the gzip stream is corrupt at byte " + bad.length + " of the file");
  }

  @Test
  void aRecordDoesNotReachOverDamage() throws IOException {
    byte[] half = gzip(ascii(event(1) + "\n{\"EventID\":11,\"a\":["));
    Collected collected = read(half, ascii("?"), gzip(ascii(event(2))));
    assertThat(numbers(collected)).containsExactly(1, 2);
    assertThat(collected.deadLetters)
        .extracting(DeadLetter::reason)
        .containsExactly(
            "the input ends inside the record",
            "what follows a gzip member is none at byte " + half.length + " of the file");
  }

  @Test
  void gzipInsideGzipIsNotUnpacked() throws IOException {
    Collected collected = read(gzip(member(0)));
    assertThat(collected.deadLetters)
        .extracting(DeadLetter::reason)
        .containsExactly("gzip inside gzip: unpack it first");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"UTF-16LE, json", "UTF-16BE, json", "UTF-16LE, xml", "UTF-16BE, xml"})
  void utf16IsToldWithoutAMark(String charset, String kind) throws IOException {
    String text = kind.equals("xml") ? xml(1) + "\r\n" + xml(2) : event(1) + "\r\n" + event(2);
    byte[] bytes = text.getBytes(Charset.forName(charset));
    assertThat(numbers(read(bytes))).containsExactly(1, 2);
    assertThat(numbers(read(gzip(bytes)))).containsExactly(1, 2);
    Collected message = new Collected();
    new TelemetryDecoder().decodeMessage("test", 0, bytes, message);
    assertThat(numbers(message)).containsExactly(1, 2);
  }
}
