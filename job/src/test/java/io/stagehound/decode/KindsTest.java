package io.stagehound.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.event.EventProvider;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One record of each kind beside events 1 and 11, in every shape that a collector gives them. */
class KindsTest {

  private static final String HOST = "shape-ws01.corp.example";
  private static final String BOB = "CORP\\bob";

  private static final SysmonEvent CONNECTION =
      new SysmonEvent(
          EventType.NETWORK_CONNECT,
          millis("05:06:07.089"),
          TimeSource.UTC_TIME,
          HOST,
          "NT AUTHORITY\\SYSTEM",
          "System",
          null,
          null,
          null,
          "B571D754-DD53-BDBF-2D0F-000000000300",
          4L,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          "192.0.2.10",
          "192.0.2.20",
          "fs01.corp.example",
          null,
          null);

  private static final SysmonEvent START =
      new SysmonEvent(
          EventType.SECURITY_PROCESS_CREATE,
          millis("05:06:08.010"),
          TimeSource.SYSTEM_TIME,
          HOST,
          BOB,
          "C:\\Windows\\System32\\cmd.exe",
          "cmd.exe /c \"copy C:\\Temp\\a.zip \\\\fs01\\Über$\\ > nul & echo <done>\"",
          null,
          null,
          null,
          3496L,
          "C:\\Windows\\explorer.exe",
          null,
          null,
          null,
          "0x49732",
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);

  private static final SysmonEvent SHARE = share(EventType.SHARE_ACCESS, "05:06:09", null);

  private static final SysmonEvent SHARE_FILE =
      share(EventType.SHARE_FILE_ACCESS, "05:06:10.500", "in\\a & b.zip");

  private static final SysmonEvent COMMAND =
      powerShell(
          EventType.MODULE_LOG,
          "05:06:11.250",
          null,
          null,
          null,
          null,
          """
          CommandInvocation(Copy-Item): "Copy-Item"
          ParameterBinding(Copy-Item): name="Path"; value="C:\\Temp\\a.zip"
          ParameterBinding(Copy-Item): name="Destination"; value="\\\\fs01\\Über$\\\"""");

  private static final SysmonEvent SCRIPT =
      powerShell(
          EventType.SCRIPT_BLOCK,
          "05:06:12.125",
          """
          $to = "\\\\fs01\\Über$\\"
          Copy-Item C:\\Temp\\a.zip $to # "ScriptBlock ID: 0" & <done>
          """,
          "d5f310ed-9f0e-425f-8c15-3b6de8bb6523",
          1,
          2,
          null);

  private static SysmonEvent share(
      EventType type, String time, @Nullable String relativeTargetName) {
    return new SysmonEvent(
        type,
        millis(time),
        TimeSource.SYSTEM_TIME,
        HOST,
        BOB,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "0x49732",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "192.0.2.10",
        null,
        null,
        "\\\\*\\Über$",
        relativeTargetName);
  }

  private static SysmonEvent powerShell(
      EventType type,
      String time,
      @Nullable String scriptBlockText,
      @Nullable String scriptBlockId,
      @Nullable Integer messageNumber,
      @Nullable Integer messageTotal,
      @Nullable String payload) {
    return new SysmonEvent(
        type,
        millis(time),
        TimeSource.SYSTEM_TIME,
        HOST,
        BOB,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        scriptBlockText,
        scriptBlockId,
        messageNumber,
        messageTotal,
        payload,
        null,
        null,
        null,
        null,
        null);
  }

  private static final List<SysmonEvent> EVENTS =
      List.of(CONNECTION, START, SHARE, SHARE_FILE, COMMAND, SCRIPT);

  /** Shapes that have the account which wrote a record as its SID only, or not at all. */
  private static final Set<String> WITHOUT_ACCOUNT =
      Set.of(
          "evtx",
          "evtx_sep",
          "message_xml",
          "named_list",
          "otel",
          "powershell",
          "sentinel_obj",
          "sentinel_str",
          "vector",
          "wazuh",
          "xml",
          "xml_rendered");

  private static long millis(String time) {
    return Instant.parse("2026-03-04T" + time + "Z").toEpochMilli();
  }

  static Stream<Path> shapes() throws IOException, URISyntaxException {
    URI folder = Objects.requireNonNull(KindsTest.class.getResource("kinds"), "kinds").toURI();
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(folder))) {
      files = found.sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(20);
    return files.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void theSameEventInAnyShapeIsTheSame(Path file) throws IOException {
    String shape = file.getFileName().toString().replaceFirst("\\..*", "");
    try (InputStream in = Files.newInputStream(file)) {
      Collected collected = Collected.ofStream(in);
      assertThat(collected.deadLetters).isEmpty();
      assertThat(collected.notRelevant).isZero();
      assertThat(collected.events)
          // Some shapes have the system's time, some their shipper's.
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("timeSource", "user")
          .containsExactlyElementsOf(expected(shape));
      for (SysmonEvent event : collected.events) {
        assertThat(event.user()).as("%s", event.type()).isEqualTo(user(event.type(), shape));
      }
    }
  }

  private static List<SysmonEvent> expected(String shape) {
    return shape.equals("security_event_table")
        ? EVENTS.stream()
            .filter(event -> event.type().provider() == EventProvider.SECURITY)
            .toList()
        : EVENTS;
  }

  private static @Nullable String user(EventType type, String shape) {
    if (type == EventType.SCRIPT_BLOCK && WITHOUT_ACCOUNT.contains(shape)) {
      return null;
    }
    return type == EventType.NETWORK_CONNECT ? CONNECTION.user() : BOB;
  }
}
