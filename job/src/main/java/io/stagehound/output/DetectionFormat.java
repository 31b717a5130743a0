package io.stagehound.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.CopyDirection;
import io.stagehound.commandline.UncPath;
import io.stagehound.event.SysmonEvent;
import io.stagehound.score.Detection;
import io.stagehound.score.Indicator;
import io.stagehound.signal.Signal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A detection in Stagehound's own format: the columns of the published search, all of them in every
 * row, then what else the event tells. Sorted by StagingScore, then time, both descending.
 */
public final class DetectionFormat implements LineFormat<Detection> {
  private static final long serialVersionUID = 1L;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** ISO-8601 in UTC, with milliseconds. */
  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  @Override
  public void write(Detection detection, JsonGenerator json) throws IOException {
    SysmonEvent event = detection.event();
    json.writeStartObject();
    json.writeStringField("_time", time(event.time()));
    json.writeStringField("host", event.host());
    column(json, "User", event.user());
    column(json, "Image", event.image());
    column(json, "CommandLine", event.commandLine());
    column(json, "TargetFilename", event.targetFilename());
    column(json, "ParentImage", event.parentImage());
    column(json, "ParentCommandLine", event.parentCommandLine());
    for (Indicator indicator : Indicator.values()) {
      json.writeNumberField(indicator.published(), detection.score().has(indicator) ? 1 : 0);
    }
    json.writeNumberField("StagingScore", detection.score().sum());
    json.writeStringField("DetectionType", detection.type().published());
    json.writeStringField("EventType", event.type().published());
    json.writeArrayFieldStart("signals");
    for (Signal signal : detection.signals()) {
      json.writeString(signal.published());
    }
    json.writeEndArray();
    writeContext(event, json);
    writeCopy(detection.copy(), json);
    json.writeEndObject();
  }

  private static void writeContext(SysmonEvent event, JsonGenerator json) throws IOException {
    context(json, "ProcessGuid", event.processGuid());
    if (event.processId() != null) {
      json.writeNumberField("ProcessId", event.processId());
    }
    context(json, "ParentProcessGuid", event.parentProcessGuid());
    context(json, "CurrentDirectory", event.currentDirectory());
    context(json, "OriginalFileName", event.originalFileName());
    context(json, "LogonId", event.logonId());
    context(json, "IntegrityLevel", event.integrityLevel());
    context(json, "Hashes", event.hashes());
    context(json, "RuleName", event.ruleName());
    context(json, "ScriptBlockText", event.scriptBlockText());
    context(json, "ScriptBlockId", event.scriptBlockId());
    context(json, "Payload", event.payload());
    json.writeStringField("time_source", event.timeSource().published());
  }

  private static void writeCopy(@Nullable CopyCommand copy, JsonGenerator json) throws IOException {
    if (copy == null || copy.direction() == CopyDirection.LOCAL) {
      return;
    }
    json.writeObjectFieldStart("copy");
    json.writeStringField("tool", copy.tool());
    json.writeStringField("direction", copy.direction().published());
    json.writeArrayFieldStart("targets");
    for (UncPath target : copy.targets()) {
      json.writeStartObject();
      json.writeStringField("server", target.server());
      json.writeStringField("share", target.share());
      context(json, "path", target.path());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("sources");
    for (String source : copy.sources()) {
      json.writeString(source);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void column(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    json.writeFieldName(name);
    json.writeString(value);
  }

  /** Writes a text that only some rows have. */
  static void context(JsonGenerator json, String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  @Override
  public byte[] sortKey(Detection detection) {
    return ByteBuffer.allocate(1 + Long.BYTES)
        .put((byte) (Indicator.values().length - detection.score().sum()))
        .putLong(SortKeys.descending(detection.event().time()))
        .array();
  }

  @Override
  public String key(Detection detection) {
    return detection.event().host();
  }

  @Override
  public Detection cutTo(Detection detection, int limit) {
    return detection.cutTo(limit);
  }
}
