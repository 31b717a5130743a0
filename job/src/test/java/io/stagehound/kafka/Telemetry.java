package io.stagehound.kafka;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Records of telemetry, in the flat shape of NXLog. */
public final class Telemetry {

  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private Telemetry() {}

  /** An archive made in a staging directory. */
  public static String archive(String host, Instant time, String name) {
    return event(11, host, time, "\"TargetFilename\":\"C:\\\\Users\\\\Public\\\\" + name + "\"");
  }

  /** A copy of such an archive to a share. */
  public static String copy(String host, Instant time, String name) {
    return event(
        1,
        host,
        time,
        "\"Image\":\"C:\\\\Windows\\\\System32\\\\xcopy.exe\",\"CommandLine\":"
            + "\"xcopy C:\\\\Users\\\\Public\\\\"
            + name
            // Each host to a server of its own: hosts that copy to one share are another alert.
            + " \\\\\\\\fs-"
            + host
            + "\\\\drop$\"");
  }

  /** A copy from a share. */
  public static String pull(String host, Instant time) {
    return event(
        1,
        host,
        time,
        "\"Image\":\"C:\\\\Windows\\\\System32\\\\xcopy.exe\",\"CommandLine\":"
            + "\"xcopy \\\\\\\\fs02\\\\data C:\\\\Users\\\\Public\\\\in /e\"");
  }

  /** A file that is no archive, in a staging directory: a detection and no step. */
  public static String file(String host, Instant time) {
    return event(11, host, time, "\"TargetFilename\":\"C:\\\\Windows\\\\Temp\\\\x.tmp\"");
  }

  /** A logon: readable, and not relevant. */
  public static String other(String host) {
    return "{\"EventID\":4624,\"SourceName\":\"Microsoft-Windows-Security-Auditing\","
        + "\"Hostname\":\""
        + host
        + "\"}";
  }

  private static String event(int id, String host, Instant time, String fields) {
    return "{\"EventID\":"
        + id
        + ",\"SourceName\":\"Microsoft-Windows-Sysmon\",\"Hostname\":\""
        + host
        + "\",\"User\":\"CORP\\\\alice\",\"ProcessGuid\":\"{00000000-0000-0000-0000-00000000000"
        + id % 10
        + "}\",\"UtcTime\":\""
        + UTC_TIME.format(time)
        + "\","
        + fields
        + "}";
  }
}
