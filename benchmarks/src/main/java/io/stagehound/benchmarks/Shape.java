package io.stagehound.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** A shape in which collectors write events: one start of a process, and one file. */
public enum Shape {
  /** NXLog's, with the rendered message. */
  NXLOG("flat.ndjson"),
  /** NXLog's without it. */
  NXLOG_WITHOUT_MESSAGE("flat.ndjson"),
  /** Winlogbeat 7, fields as ECS names them. */
  WINLOGBEAT_7("winlogbeat7.ndjson"),
  /** What evtx_dump writes. */
  EVTX_DUMP("evtx.ndjson"),
  /** Microsoft Sentinel's table WindowsEvent. */
  SENTINEL("sentinel_obj.ndjson"),
  /** Wazuh's alerts. */
  WAZUH("wazuh.ndjson"),
  /** Windows' own XML. */
  XML("xml.xml");

  private static final Pattern MESSAGE = Pattern.compile("\"Message\": \"(?:[^\"\\\\]|\\\\.)*\", ");

  /** The number of the event, wherever these shapes have it. */
  private static final Pattern EVENT_ID =
      Pattern.compile(
          "(\"(?:EventID|eventID|event_id|code)\": \"?|<EventID>)(?:11|1)(?=\\D)",
          Pattern.CASE_INSENSITIVE);

  /** Sysmon's event for a value of the registry that was set. */
  private static final String NOT_RELEVANT = "$113";

  private final String file;

  Shape(String file) {
    this.file = file;
  }

  /** The two events, as a file has them; or others of their kind that are not relevant. */
  byte[] records(boolean relevant) throws IOException {
    try (InputStream in = Shape.class.getResourceAsStream("shapes/" + file)) {
      if (in == null) {
        throw new IllegalStateException("no records in the shape " + this);
      }
      String records = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (this == NXLOG_WITHOUT_MESSAGE) {
        records = MESSAGE.matcher(records).replaceAll("");
      }
      return (relevant ? records : EVENT_ID.matcher(records).replaceAll(NOT_RELEVANT))
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  /** As many of them as a megabyte has room for. */
  byte[] megabyte(boolean relevant) throws IOException {
    byte[] records = records(relevant);
    ByteArrayOutputStream megabyte = new ByteArrayOutputStream();
    while (megabyte.size() + records.length <= 1_000_000) {
      megabyte.write(records);
    }
    return megabyte.toByteArray();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
