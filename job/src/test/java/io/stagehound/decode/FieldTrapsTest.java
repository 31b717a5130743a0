package io.stagehound.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real records do to a reader, field by field. */
class FieldTrapsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A flat event 11 with everything that is needed. */
  private static ObjectNode record() {
    ObjectNode record = MAPPER.createObjectNode();
    record.put("EventID", 11);
    record.put("SourceName", "Microsoft-Windows-Sysmon");
    record.put("Channel", "Microsoft-Windows-Sysmon/Operational");
    record.put("Hostname", "ws01.corp.example");
    record.put("UtcTime", "2026-03-04 05:06:07.089");
    record.put("TargetFilename", "C:\\Temp\\a.zip");
    return record;
  }

  private static Collected decode(String record) {
    return Collected.ofRecord(record);
  }

  private static SysmonEvent event(ObjectNode record) {
    Collected collected = decode(record.toString());
    assertThat(collected.deadLetters).isEmpty();
    assertThat(collected.events).hasSize(1);
    return collected.events.get(0);
  }

  private static String deadLetter(ObjectNode record) {
    Collected collected = decode(record.toString());
    assertThat(collected.events).isEmpty();
    assertThat(collected.deadLetters).hasSize(1);
    return collected.deadLetters.get(0).reason();
  }

  // ---- time

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "2026-03-04 05:06:07.089, 2026-03-04T05:06:07.089Z",
    "2026-03-04T05:06:07.0890000Z, 2026-03-04T05:06:07.089Z",
    "2026-03-04T05:06:07.0899999Z, 2026-03-04T05:06:07.089Z",
    "2026-03-04 05:06:07, 2026-03-04T05:06:07Z",
    "2026-03-04T05:06:07.1Z, 2026-03-04T05:06:07.100Z",
    "2026-03-04T05:06:07.089+02:00, 2026-03-04T03:06:07.089Z",
    "2026-03-04T05:06:07.089-0530, 2026-03-04T10:36:07.089Z",
    "2026-03-04 05:06:07 +0000, 2026-03-04T05:06:07Z",
    "2026-03-04 05:06:07 UTC, 2026-03-04T05:06:07Z",
    "'2026-03-04 05:06:07,089', 2026-03-04T05:06:07.089Z",
    "1772600767, 2026-03-04T05:06:07Z",
    "1772600767.089, 2026-03-04T05:06:07.089Z",
    "1772600767089, 2026-03-04T05:06:07.089Z",
    "/Date(1772600767089)/, 2026-03-04T05:06:07.089Z",
  })
  void timesAreRead(String text, String expected) {
    assertThat(EventTime.parse(text)).hasValue(Instant.parse(expected).toEpochMilli());
  }

  @ParameterizedTest(name = "time [{0}]")
  @ValueSource(
      strings = {
        "",
        "-",
        "yesterday",
        "2026-13-04 05:06:07",
        "2026-02-30 05:06:07",
        "2026-03-04",
        "20260304",
        "2026-03-04 25:06:07",
        "2026-03-04 05:06:07.089 PM",
        "6/10/2020 2:51:05 AM",
        "1e9",
        "99999999999999999999999",
        "2026-03-04 05:06:07+99:99",
        "²026-03-04 05:06:07"
      })
  void whatIsNoTimeIsNotRead(String text) {
    assertThat(
            EventTime.parse(text).isPresent()
                && EventTime.isPlausible(EventTime.parse(text).getAsLong()))
        .isFalse();
  }

  @Test
  void sysmonsOwnTimeComesFirst() {
    ObjectNode record = record();
    record.put("TimeCreated", "2026-03-03T22:06:07.089Z");
    record.put("@timestamp", "2026-03-03T22:06:09.000Z");
    record.put("EventTime", "2026-03-03 22:06:07");
    assertThat(event(record).timeSource()).isEqualTo(TimeSource.UTC_TIME);
    record.remove("UtcTime");
    assertThat(event(record).timeSource()).isEqualTo(TimeSource.SYSTEM_TIME);
    assertThat(event(record).time()).isEqualTo(millis("2026-03-03T22:06:07.089Z"));
    record.remove("TimeCreated");
    assertThat(event(record).timeSource()).isEqualTo(TimeSource.SHIPPER_TIME);
    record.remove("@timestamp");
    assertThat(deadLetter(record))
        .as("EventTime without an offset is some local time")
        .contains("no time");
    record.put("EventTime", "2026-03-03 22:06:07+01:00");
    assertThat(event(record).time()).isEqualTo(millis("2026-03-03T21:06:07Z"));
  }

  @Test
  void anUnreadableUtcTimeFallsBack() {
    ObjectNode record = record();
    record.put("UtcTime", "?");
    record.put("@timestamp", "2026-03-04T05:06:09Z");
    assertThat(event(record).time()).isEqualTo(millis("2026-03-04T05:06:09Z"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "1601-01-01 00:00:00.000",
        "9999-12-31 23:59:59.999",
        "1979-12-31 23:59:59",
        "2200-01-01 00:00:00"
      })
  void aTimeThatNoClockHasIsADeadLetter(String time) {
    ObjectNode record = record();
    record.put("UtcTime", time);
    record.put("@timestamp", "2026-03-04T05:06:09Z");
    assertThat(deadLetter(record)).contains("outside 1980 to 2199");
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  // ---- host

  @Test
  void theMachineIsNeverTheCollector() {
    ObjectNode record = record();
    record.put("host", "wec.corp.example");
    assertThat(event(record).host()).isEqualTo("ws01.corp.example");
    record.remove("Hostname");
    assertThat(deadLetter(record)).contains("no host");
    ObjectNode beat = record();
    beat.remove("Hostname");
    beat.putObject("agent").put("hostname", "wec01");
    beat.putObject("host").put("name", "WEC01");
    beat.putObject("winlog").put("computer_name", "WS07.Corp.Example");
    assertThat(event(beat).host()).isEqualTo("ws07.corp.example");
    beat.remove("winlog");
    assertThat(event(beat).host()).as("the last resort").isEqualTo("wec01");
  }

  @ParameterizedTest(name = "{0} is keyed by {1}")
  @CsvSource({
    "WORKSTATION5, workstation5",
    "WORKSTATION5.mordor.local, workstation5",
    "Workstation5.theshire.local., workstation5",
    "10.1.2.3, 10.1.2.3",
    "fe80::1, fe80::1",
  })
  void oneMachineHasOneKey(String host, String key) {
    ObjectNode record = record();
    record.put("Hostname", host);
    assertThat(event(record).hostKey()).isEqualTo(key);
  }

  @Test
  void anEmptyHostIsNone() {
    ObjectNode record = record();
    record.put("Hostname", "  ");
    assertThat(deadLetter(record)).contains("no host");
  }

  @Test
  void aHostHasAtMostTheLengthOfAName() {
    ObjectNode record = record();
    record.put("Hostname", "h".repeat(255));
    assertThat(event(record).host()).hasSize(255);
    record.put("Hostname", "h".repeat(256));
    assertThat(deadLetter(record)).contains("host name longer than 255 characters");
  }

  // ---- event id and provider

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "11",
        "\"11\"",
        "{\"Value\":11}",
        "{\"#text\":11}",
        "{\"#text\":\"11\"}",
        "11.0",
        "\" 11 \""
      })
  void eventIdsAreWrittenInManyWays(String id) {
    assertThat(decode(record().toString().replace("\"EventID\":11", "\"EventID\":" + id)).events)
        .hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "99999999999999999999",
        "\"eleven\"",
        "-1",
        "1e400",
        "11.5",
        "true",
        "\"\u0661\u0661\""
      })
  void whatIsNoEventIdIsADeadLetter(String id) {
    Collected collected =
        decode(record().toString().replace("\"EventID\":11", "\"EventID\":" + id));
    assertThat(collected.deadLetters).hasSize(1);
    assertThat(collected.deadLetters.get(0).reason()).contains("EventID");
  }

  @Test
  void aRecordWithoutEventIdIsADeadLetter() {
    ObjectNode record = record();
    record.remove("EventID");
    assertThat(deadLetter(record)).contains("no EventID");
    assertThat(decode("{}").deadLetters).hasSize(1);
  }

  @ParameterizedTest(name = "provider {0}, channel {1}: {2}")
  @CsvSource({
    "Microsoft-Windows-Sysmon, Microsoft-Windows-Sysmon/Operational, relevant",
    "MICROSOFT-WINDOWS-SYSMON, ForwardedEvents, relevant",
    ", microsoft-windows-sysmon/operational, relevant",
    "Microsoft-Windows-Sysmon, , relevant",
    "Microsoft-Windows-Kernel-IO, Microsoft-Windows-Kernel-IO/Operational, not relevant",
    "Netvsc, System, not relevant",
    ", , not relevant",
  })
  void sysmonIsToldByProviderOrChannel(String provider, String channel, String expected) {
    ObjectNode record = record();
    record.put("SourceName", provider);
    record.put("Channel", channel);
    assertThat(decode(record.toString()).events).hasSize(expected.equals("relevant") ? 1 : 0);
  }

  @Test
  void sysmonIsToldByItsGuid() {
    ObjectNode record = record();
    record.remove("SourceName");
    record.remove("Channel");
    record.put("ProviderGuid", "{5770385f-c22a-43e0-bf4c-06f5698ffbd9}");
    assertThat(decode(record.toString()).events).hasSize(1);
  }

  @Test
  void otherEventsOfSysmonAreNotRelevantWhateverTheyLack() {
    Collected collected = decode("{\"EventID\":3,\"SourceName\":\"Microsoft-Windows-Sysmon\"}");
    assertThat(collected.notRelevant).isEqualTo(1);
    assertThat(collected.deadLetters).isEmpty();
  }

  // ---- numbers and forms

  @ParameterizedTest(name = "Keywords {0}")
  @ValueSource(
      strings = {
        "-9223372036854775808",
        "9232379236109516800",
        "99999999999999999999999999",
        "1e999999",
        "\"0x80\""
      })
  void numbersThatDoNotMatterDoNotHurt(String number) {
    String record =
        record().toString().replace("{\"EventID\"", "{\"Keywords\":" + number + ",\"EventID\"");
    assertThat(decode(record).events).hasSize(1);
  }

  @Test
  void formsAreMadeOne() {
    ObjectNode record = record();
    record.put("EventID", 1);
    record.put("ProcessGuid", "{b669e388-4a98-5ee0-1704-000000000300}");
    record.put("LogonId", "0x00000000000003E7");
    record.put("ProcessId", "0x1f4");
    record.put("RuleName", "-");
    record.put("User", "");
    SysmonEvent event = event(record);
    assertThat(event.processGuid()).isEqualTo("B669E388-4A98-5EE0-1704-000000000300");
    assertThat(event.logonId()).isEqualTo("0x3e7");
    assertThat(event.processId()).isEqualTo(500);
    assertThat(event.ruleName()).isNull();
    assertThat(event.user()).isNull();
    record.put("LogonId", 999);
    record.put("ProcessId", 99999999999L);
    assertThat(event(record).logonId()).isEqualTo("0x3e7");
    assertThat(event(record).processId()).as("no process has it").isNull();
  }

  @Test
  void theLoggersProcessIsNotTheEvents() {
    ObjectNode record = record();
    record.put("ProcessID", 2740);
    assertThat(event(record).processId()).isNull();
  }

  @Test
  void theLoggersAccountIsNotTheEvents() {
    ObjectNode record = record();
    record
        .putObject("user")
        .put("name", "SYSTEM")
        .put("domain", "NT AUTHORITY")
        .put("identifier", "S-1-5-18");
    assertThat(event(record).user()).isNull();
  }

  @Test
  void encodedAndOddTextsAreKept() {
    ObjectNode record = record();
    record.put("TargetFilename", "C:\\Temp\\%%TEMP%%\\\u00fc &amp; \ud83d\ude00 &amp;lt;.zip");
    assertThat(event(record).targetFilename())
        .isEqualTo("C:\\Temp\\%%TEMP%%\\\u00fc & \ud83d\ude00 &lt;.zip");
  }

  @Test
  void entitiesThatXmlHasResolvedAreNotResolvedAgain() throws JsonProcessingException {
    String file = "C:\\Temp\\a &amp;lt; b.zip";
    String data = "<EventData><Data Name='TargetFilename'>" + file + "</Data></EventData>";
    assertThat(decode(xml(file)).events.get(0).targetFilename())
        .isEqualTo("C:\\Temp\\a &lt; b.zip");
    ObjectNode inJson = record();
    inJson.remove("TargetFilename");
    inJson.put("EventData", data);
    assertThat(event(inJson).targetFilename()).isEqualTo("C:\\Temp\\a &lt; b.zip");
    ObjectNode wrapped = MAPPER.createObjectNode().put("message", xml(file));
    assertThat(event(wrapped).targetFilename()).isEqualTo("C:\\Temp\\a &lt; b.zip");
    ObjectNode listed = record();
    listed.remove("TargetFilename");
    listed
        .putObject("EventData")
        .set("Data", MAPPER.readTree("[{\"@Name\":\"TargetFilename\",\"#text\":\"a &amp;lt;\"}]"));
    assertThat(event(listed).targetFilename()).as("escaped by the shipper").isEqualTo("a &lt;");
  }

  @Test
  void halfASurrogatePairBecomesAReplacement() {
    String record = record().toString().replace("a.zip", "\\ud800a.zip");
    assertThat(decode(record).events.get(0).targetFilename()).isEqualTo("C:\\Temp\\\uFFFDa.zip");
  }

  @Test
  void wazuhsBackslashesAreUndoubledOnlyWhereAllAreDoubled() {
    assertThat(undoubled("\\\\\\\\fs01\\\\a")).isEqualTo("\\\\fs01\\a");
    assertThat(undoubled("\\\\fs01\\a")).isEqualTo("\\\\fs01\\a");
  }

  private static String undoubled(String text) {
    return Objects.requireNonNull(Form.DOUBLED_BACKSLASHES.read(FieldText.of(text))).text();
  }

  @Test
  void aMessageFillsButNeverOverrides() {
    ObjectNode record = record();
    record.put("EventID", 1);
    record.put("CommandLine", "real");
    record.put(
        "Message",
        "Process Create:\r\nUtcTime: 2020-01-01 00:00:00.000\r\nImage: C:\\x.exe\r\nCommandLine: forged\r\nsecond line\r\nUser: A\\b");
    SysmonEvent event = event(record);
    assertThat(event.commandLine()).isEqualTo("real");
    assertThat(event.image()).isEqualTo("C:\\x.exe");
    assertThat(event.user()).isEqualTo("A\\b");
    assertThat(event.time()).isEqualTo(millis("2026-03-04T05:06:07.089Z"));
    record.remove("CommandLine");
    assertThat(event(record).commandLine()).isEqualTo("forged\nsecond line");
  }

  @Test
  void insertsThatFitNoSchemaAreNotGuessedAt() throws JsonProcessingException {
    ObjectNode record = record();
    record.remove("TargetFilename");
    record.set("StringInserts", MAPPER.readTree("[\"-\",\"a\",\"b\"]"));
    assertThat(event(record).targetFilename()).isNull();
  }

  // ---- XML

  private static String xml(String targetFilename) {
    return "<Event><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>11</EventID>"
        + "<Computer>WS01</Computer></System><EventData>"
        + "<Data Name='UtcTime'>2026-03-04 05:06:07.089</Data><Data Name='TargetFilename'>"
        + targetFilename
        + "</Data></EventData></Event>";
  }

  @ParameterizedTest(name = "written as {0}")
  @CsvSource({
    "'\u0001', \uFFFD",
    "\uFFFE, \uFFFD",
    "&#1;, \uFFFD",
    "&#x1b;, \uFFFD",
    "&#xD800;, \uFFFD",
    "&#x00FFFF;, \uFFFD",
    "&#x110000;, \uFFFD",
    "&#99999999999;, \uFFFD",
    "&#;, \uFFFD",
    "&#65;, A",
    "&#x41;&#x1F600;, A\ud83d\ude00",
    "\ud83d\ude00, \ud83d\ude00",
    "<![CDATA[&#1;\u0002&#1;]]>&#1;, &#1;\uFFFD&#1;\uFFFD",
  })
  void charactersThatXmlForbidsDoNotHideAnEvent(String written, String read)
      throws JsonProcessingException {
    String record = xml("C:\\a" + written + "b.zip");
    assertThat(decode(record).events.get(0).targetFilename()).isEqualTo("C:\\a" + read + "b.zip");
    assertThat(event(MAPPER.createObjectNode().put("message", record)).targetFilename())
        .isEqualTo("C:\\a" + read + "b.zip");
  }

  @Test
  void halfASurrogatePairInWrappedXmlDoesNotHideAnEvent() {
    String record = MAPPER.createObjectNode().put("message", xml("a?.zip")).toString();
    assertThat(decode(record.replace("?", "\\ud800")).events.get(0).targetFilename())
        .isEqualTo("a\uFFFD.zip");
  }

  @Test
  void controlCharactersInJsonDoNotHideAnEvent() {
    String record = record().toString().replace("a.zip", "a\t\u0001b.zip");
    assertThat(decode(record).events.get(0).targetFilename()).isEqualTo("C:\\Temp\\a\t\u0001b.zip");
  }

  @Test
  void anEventIsFoundBelowElementsThatSayNothing() {
    String record =
        MAPPER
            .createObjectNode()
            .put("message", "<root><x/>" + xml("1") + "<y>" + xml("2") + "</y></root>")
            .toString();
    assertThat(decode(record).events)
        .extracting(SysmonEvent::targetFilename)
        .containsExactly("1", "2");
  }

  @Test
  void aDocumentTypeIsRefused() {
    Collected collected =
        decode(
            "<!DOCTYPE x [<!ENTITY a \"b\">]><Event><System><EventID>11</EventID></System></Event>");
    assertThat(collected.events).isEmpty();
    assertThat(collected.deadLetters).hasSize(1);
  }

  @Test
  void prefixesAndCdataAreRead() {
    Collected collected =
        decode(
            "<e:Event xmlns:e='x'><e:System><e:Provider Name='Microsoft-Windows-Sysmon'/>"
                + "<e:EventID Qualifiers=''>11</e:EventID><e:Computer>WS01</e:Computer></e:System>"
                + "<e:EventData><e:Data Name='UtcTime'>2026-03-04 05:06:07.089</e:Data>"
                + "<e:Data Name='TargetFilename'><![CDATA[C:\\Temp\\<a>.zip]]></e:Data></e:EventData>"
                + "</e:Event>");
    assertThat(collected.events).hasSize(1);
    assertThat(collected.events.get(0).targetFilename()).isEqualTo("C:\\Temp\\<a>.zip");
  }

  // ---- wrapped

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "[2026] info",
        "[2026-03-04] info",
        "[1, 2]",
        "{curly} words",
        "{\"level\":\"info\"}",
        "<not XML",
        "<x/>",
        "{\"message\":\"<y/>\"}"
      })
  void aTextThatOnlyLooksLikeARecordHidesNone(String text) {
    for (String other : List.of(xml("C:\\a.zip"), record().toString())) {
      ObjectNode record = MAPPER.createObjectNode();
      record.put("log", text).put("message", other).put("payload", text);
      assertThat(event(record).type()).isEqualTo(EventType.FILE_CREATE);
      record.remove("message");
      assertThat(deadLetter(record)).isNotBlank();
    }
  }

  @Test
  void recordsAreUnwrappedThreeTimesAtMost() throws JsonProcessingException {
    String record = record().toString();
    for (int i = 0; i < 3; i++) {
      record = MAPPER.createObjectNode().put("message", record).toString();
      assertThat(decode(record).events).hasSize(1);
    }
    record = MAPPER.createObjectNode().put("message", record).toString();
    assertThat(decode(record).deadLetters).hasSize(1);
  }

  // ---- reasons

  static List<Object[]> malformed() {
    return List.of(
        new Object[] {"{\"a\" 1}", "not JSON: wrong at line 1, column 6"},
        new Object[] {"{\"a\":\n tru}", "not JSON: wrong at line 2, column 2"},
        new Object[] {
          "{\"a\":" + "1".repeat(1001) + "}",
          "a number, a text or a nesting is longer than any record's"
        },
        new Object[] {"<Event><a></b></Event>", "not XML: wrong at line 1, column 17"},
        new Object[] {"<Event>&own;</Event>", "not XML: wrong at line 1, column 13"},
        new Object[] {
          "{\"message\":\"<a></b>\"}",
          "the wrapped record is unusable: not XML: wrong at line 1, column 7"
        },
        new Object[] {
          "{\"message\":\"{} {}\"}",
          "the wrapped record is unusable: more text after the end of the record"
        },
        new Object[] {
          "{\"EventID\":11,\"EventData\":\"{1}\"}",
          "EventData is unusable: not JSON: wrong at line 1, column 2"
        },
        new Object[] {
          "{\"message\":\"" + "<a>".repeat(201) + "\"}",
          "the wrapped record is unusable: nested deeper than 200"
        });
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("malformed")
  void reasonsAreSentencesOfOurOwn(String record, String reason) {
    Collected collected = decode(record);
    assertThat(collected.events).isEmpty();
    assertThat(collected.deadLetters).extracting(DeadLetter::reason).containsExactly(reason);
  }
}
