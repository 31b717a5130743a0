package io.stagehound.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/**
 * Writes Sysmon's events 1 and 11 as NXLog does, flat, one a line. The rendered message is left
 * out: it would double each record, and so hide what the hunt itself costs.
 */
final class NxlogWriter implements Closeable {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private static final Instant START = Instant.parse("2026-02-04T00:00:00Z");

  /** Less than a window, so that nothing is forgotten only because of its age. */
  private static final long SPAN_MILLIS = 20 * 3_600_000L;

  private final JsonGenerator json;
  private final SplittableRandom random;
  private final long events;
  private long written;

  /**
   * A writer of a new file.
   *
   * @param events how many there will be, evenly over 20 hours
   */
  NxlogWriter(Path file, long events, long seed) throws IOException {
    this.json =
        new JsonFactory()
            .createGenerator(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))
            .setRootValueSeparator(null);
    this.random = new SplittableRandom(seed);
    this.events = events;
  }

  int random(int bound) {
    return random.nextInt(bound);
  }

  /** A process was started. */
  void process(String host, String image, String commandLine) throws IOException {
    start(host, 1);
    json.writeStringField("ProcessGuid", guid());
    json.writeStringField("ProcessId", Integer.toString(random(1 << 16)));
    json.writeStringField("Image", image);
    json.writeStringField("OriginalFileName", image.substring(image.lastIndexOf('\\') + 1));
    json.writeStringField("CommandLine", commandLine);
    json.writeStringField("CurrentDirectory", "C:\\Windows\\system32\\");
    json.writeStringField("User", user(host));
    json.writeStringField("LogonId", "0x927d1");
    json.writeStringField("IntegrityLevel", "Medium");
    json.writeStringField("Hashes", "SHA256=" + hex() + hex() + hex() + hex());
    json.writeStringField("ParentProcessGuid", guid());
    json.writeStringField("ParentImage", "C:\\Windows\\explorer.exe");
    json.writeStringField("ParentCommandLine", "C:\\Windows\\Explorer.EXE");
    end();
  }

  /** A file was created. */
  void file(String host, String path) throws IOException {
    start(host, 11);
    json.writeStringField("ProcessGuid", guid());
    json.writeStringField("ProcessId", Integer.toString(random(1 << 16)));
    json.writeStringField("Image", "C:\\Program Files\\7-Zip\\7z.exe");
    json.writeStringField("TargetFilename", path);
    json.writeStringField("User", user(host));
    end();
  }

  private void start(String host, int id) throws IOException {
    String time = UTC.format(START.plusMillis(SPAN_MILLIS * written / events));
    json.writeStartObject();
    json.writeStringField("EventTime", time.substring(0, time.length() - 4));
    json.writeStringField("Hostname", host);
    json.writeNumberField("Keywords", Long.MIN_VALUE);
    json.writeStringField("EventType", "INFO");
    json.writeStringField("Severity", "INFO");
    json.writeNumberField("EventID", id);
    json.writeStringField("SourceName", "Microsoft-Windows-Sysmon");
    json.writeStringField("ProviderGuid", "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}");
    json.writeNumberField("Task", id);
    json.writeNumberField("RecordNumber", written);
    json.writeNumberField("ThreadID", 4120);
    json.writeStringField("Channel", "Microsoft-Windows-Sysmon/Operational");
    json.writeStringField("AccountName", "SYSTEM");
    json.writeStringField("UserID", "S-1-5-18");
    json.writeStringField("RuleName", "-");
    json.writeStringField("UtcTime", time);
  }

  private void end() throws IOException {
    json.writeStringField("SourceModuleType", "im_msvistalog");
    json.writeEndObject();
    json.writeRaw('\n');
    written++;
  }

  /** Each host has one, so that a drive is there for all its copies. */
  private static String user(String host) {
    return "CORP\\user-of-" + host.substring(0, host.indexOf('.'));
  }

  private String guid() {
    return "{55354ADA-"
        + hex().substring(0, 4)
        + "-"
        + hex().substring(0, 4)
        + "-0000-"
        + hex().substring(0, 12)
        + "}";
  }

  private String hex() {
    return String.format("%016X", random.nextLong());
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
