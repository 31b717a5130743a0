package io.stagehound.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.SharedData;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real telemetry of all channels, against counts of its relevant records taken independently. */
class RealKindsTest {

  private static Collected read(String name) throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(SharedData.telemetry().resolve(name)))) {
      return Collected.ofStream(in);
    }
  }

  static List<Object[]> counts() {
    return List.of(
        new Object[] {
          "otrf-raw-purplesharp.ndjson.gz",
          25_993,
          Map.of(
              EventType.PROCESS_CREATE, 24,
              EventType.NETWORK_CONNECT, 9,
              EventType.FILE_CREATE, 628,
              EventType.SECURITY_PROCESS_CREATE, 24,
              EventType.MODULE_LOG, 285,
              EventType.SCRIPT_BLOCK, 49)
        },
        new Object[] {
          "otrf-raw-covenant-copy-smb.ndjson.gz",
          506,
          Map.of(
              EventType.NETWORK_CONNECT, 1,
              EventType.FILE_CREATE, 5,
              EventType.SHARE_ACCESS, 1,
              EventType.SHARE_FILE_ACCESS, 2)
        },
        new Object[] {
          "splunk-xml.txt.gz",
          40,
          Map.of(EventType.PROCESS_CREATE, 20, EventType.SECURITY_PROCESS_CREATE, 20)
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("counts")
  void everyRelevantRecordIsAnEvent(String name, int records, Map<EventType, Integer> counts)
      throws IOException {
    Collected collected = read(name);
    assertThat(collected.deadLetters).isEmpty();
    assertThat(collected.records()).isEqualTo(records);
    Map<EventType, Integer> found = new TreeMap<>();
    for (SysmonEvent event : collected.events) {
      found.merge(event.type(), 1, Integer::sum);
      assertThat(event.user() != null || event.type() == EventType.FILE_CREATE)
          .as("%s has a user", event)
          .isTrue();
    }
    assertThat(found).isEqualTo(counts);
  }

  @Test
  void aFileThatIsCopiedOverSmbIsWritten() throws IOException {
    List<String> seen = new ArrayList<>();
    for (SysmonEvent event : read("otrf-raw-covenant-copy-smb.ndjson.gz").events) {
      if (event.type() == EventType.SHARE_FILE_ACCESS) {
        seen.add(
            "%s from %s: %s %s by %s"
                .formatted(
                    event.host(),
                    event.sourceIp(),
                    event.shareName(),
                    event.relativeTargetName(),
                    event.user()));
      }
    }
    assertThat(seen)
        .containsOnly(
            "workstation6.theshire.local from 172.18.39.5: \\\\*\\C$"
                + " ProgramData\\GruntHTTP.exe by THESHIRE\\pgustavo");
  }
}
