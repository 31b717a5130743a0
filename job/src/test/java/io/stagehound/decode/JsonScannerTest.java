package io.stagehound.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is read where it lies, what is left to others, and what is passed over for its event id;
 * that the rest is read as others read it, {@link DecoderDifferentialTest} shows.
 */
class JsonScannerTest {

  private final JsonScanner scanner = new JsonScanner(FieldTable.root());

  private int scan(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return scanner.scan(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ \t\r\n}",
        "{\"a\":1}",
        "{\"a\" : [ ] , \"b\" : { } }",
        "{\"a\":[[1,-0.5e+3,0],{\"b\":[true,false,null]}]}",
        "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\"}",
        "{\"größe\":\"\u65e5\u672c\ud83d\ude00\"}",
        "{\"Message\":\"sixteen and more plain characters, then \\\\ and \\\" in it\"}"
      })
  void strictJsonIsReadToItsEnd(String json) {
    int length = json.getBytes(UTF_8).length;
    assertThat(scan(json)).isEqualTo(length);
    assertThat(scan(json + "\n{\"next\":1}")).isEqualTo(length);
    assertThat(scan(json + "}")).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":+1}",
        "{\"a\":nul}",
        "{\"a\":NaN}",
        "{\"a\":'b'}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":[1}",
        "{\"a\":{]}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{,}",
        "{\"a\":\"\\q\"}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":\"a\tb\"}",
        "{\"a\":\"a\nb\"}",
        "{\"\\u0045ventID\":7}",
        "{\"Records\":[{\"EventID\":7}]}",
        "{\"EventID\":7,\"hits\":{\"hits\":[]}}"
      })
  void whatIsNotSureIsLeftToOthers(String json) {
    assertThat(scan(json)).isEqualTo(JsonScanner.UNSURE);
  }

  @Test
  void bytesThatAreNotUtf8AreLeftToOthers() {
    byte[] bytes = "{\"a\":\"xy\"}".getBytes(UTF_8);
    for (int[] pair : new int[][] {{0xFF, 'y'}, {0xC3, 'y'}, {0xC0, 0x80}, {0xED, 0xA0}}) {
      bytes[6] = (byte) pair[0];
      bytes[7] = (byte) pair[1];
      assertThat(scanner.scan(bytes, 0, bytes.length)).isEqualTo(JsonScanner.UNSURE);
    }
    bytes[6] = (byte) 0xC3;
    bytes[7] = (byte) 0xA9;
    assertThat(scanner.scan(bytes, 0, bytes.length)).isEqualTo(bytes.length);
  }

  @Test
  void deepNestingAndLongNumbersAreLeftToOthers() {
    String deep = "{\"a\":".repeat(62) + "1" + "}".repeat(62);
    assertThat(scan(deep)).isEqualTo(deep.length());
    assertThat(scan("{\"a\":".repeat(100_000))).isEqualTo(JsonScanner.UNSURE);
    assertThat(scan("{\"a\":" + "1".repeat(100_000) + "}")).isEqualTo(JsonScanner.UNSURE);
    assertThat(scan("{\"a\":[" + "\"x\",".repeat(100_000) + "1]}")).isPositive();
    assertThat(scan("{\"StringInserts\":[" + "\"x\",".repeat(100_000) + "1]}"))
        .as("more texts than any record has")
        .isEqualTo(JsonScanner.UNSURE);
  }

  @Test
  void anObjectLongerThanAnyRecordIsLeftToOthers() {
    String longest = "{\"a\":\"" + "x".repeat(Frame.LONGEST_RECORD - 7) + "\"}";
    assertThat(scan(longest)).isEqualTo(Frame.LONGEST_RECORD + 1);
    assertThat(scan(longest.replace("a", "ab"))).isEqualTo(JsonScanner.UNSURE);
  }

  @Test
  void anObjectWhoseBytesAreNotAllThereIsCut() {
    String json =
        "{\"EventID\": 11, \"a\":[true,false,null,-1.5e+3],\"b\":{\"c\":\"x\\u00e9\\\\\"},\"é\":\"é\"}";
    byte[] bytes = json.getBytes(UTF_8);
    for (int length = 1; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThat(scanner.scan(cut, 0, length)).as("of %d bytes", length).isEqualTo(JsonScanner.CUT);
      assertThat(scanner.scan(bytes, 0, length))
          .as("of %d bytes, more behind them", length)
          .isEqualTo(JsonScanner.CUT);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"EventID\":7}                                    | true",
        "{\"EventID\":\"7\"}                                | true",
        "{ \"EventID\" :\t7 }                               | true",
        "{\"EventID\":0007}                                 | false",
        "{\"EventID\":\"0011\"}                             | false",
        "{\"x\":{\"EventID\":1},\"EventID\":7}              | true",
        "{\"EventID\":7,\"x\":{\"EventID\":1}}              | true",
        "{\"EventID\":7,\"EventID\":1}                      | true",
        "{\"EventID\":1,\"EventID\":7}                      | false",
        "{\"EventID\":\"\",\"EventID\":7}                   | true",
        "{\"EventID\":null,\"EventID\":7}                   | true",
        "{\"EventID\":null,\"EventID\":1}                   | false",
        "{\"EventID\":{\"Value\":7}}                        | true",
        "{\"EventID\":{\"#text\":\"1\"}}                    | false",
        "{\"EventID\":[7,1]}                                | true",
        "{\"EventID\":[1,7]}                                | false",
        "{\"Id\":7}                                         | false",
        "{\"Id\":7,\"EventID\":1}                           | false",
        "{\"Id\":1,\"EventID\":7}                           | true",
        "{\"event\":{\"code\":\"7\"},\"winlog\":{\"event_id\":1}} | false",
        "{\"event\":{\"code\":\"1\"},\"winlog\":{\"event_id\":7}} | true",
        "{\"winlog.event_id\":7}                            | true",
        "{\"winlog\":{\"event_id\":\"7\"}}                  | true",
        "{\"Event\":{\"System\":{\"EventID\":7}}}           | true",
        "{\"Event\":{\"System\":{\"EventID\":{\"#text\":7}}}} | true",
        "{\"win\":{\"system\":{\"eventID\":\"7\"}}}         | true",
        "{\"_source\":{\"winlog\":{\"event_id\":7}}}        | true",
        "{\"EventID\":\"7 \"}                               | false",
        "{\"EventID\":7.0}                                  | false",
        "{\"EventID\":\"\\u0037\"}                          | false",
        "{\"EventID\":\"seven\"}                            | false",
        "{\"EventID\":true}                                 | false",
        "{\"EventID\":-7}                                   | false",
        "{\"EventID\":99999999999}                          | false",
        "{\"EventID\":1}                                    | false",
        "{\"EventID\":3}                                    | false",
        "{\"EventID\":11}                                   | false",
        "{\"EventID\":4103}                                 | false",
        "{\"EventID\":4104}                                 | false",
        "{\"EventID\":4688}                                 | false",
        "{\"EventID\":5140}                                 | false",
        "{\"EventID\":5145}                                 | false",
        "{\"body\":\"<Event/>\"}                            | false",
        "{}                                                 | false"
      })
  void onlyWhatIsOfNoKindForCertainIsPassedOver(String json, boolean passedOver) {
    int end = scan(json);
    assertThat(end == json.length() && scanner.isIrrelevant()).isEqualTo(passedOver);
  }
}
