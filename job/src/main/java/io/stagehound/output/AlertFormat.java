package io.stagehound.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stagehound.alert.Alert;
import io.stagehound.alert.Target;
import io.stagehound.alert.Technique;
import io.stagehound.receiver.Corroboration;
import io.stagehound.step.ProcessStart;
import io.stagehound.step.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * An alert in Stagehound's own format. Sorted by risk, then the time it was last seen, both
 * descending.
 */
public final class AlertFormat implements LineFormat<Alert> {
  private static final long serialVersionUID = 1L;

  private final DetectionFormat detections = new DetectionFormat();

  @Override
  public void write(Alert alert, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("alert_id", alert.alertId());
    json.writeStringField("pattern", alert.pattern());
    json.writeStringField("state", alert.state().published());
    json.writeNumberField("revision", alert.revision());
    json.writeStringField("host", alert.host());
    json.writeStringField("severity", alert.severity().published());
    json.writeStringField("confidence", alert.confidence().published());
    json.writeNumberField("risk_score", alert.riskScore());
    json.writeBooleanField("linked", alert.linked());
    json.writeBooleanField("confirmed", alert.confirmed());
    json.writeBooleanField("late", alert.late());
    json.writeBooleanField("clock_ahead", alert.clockAhead());
    json.writeStringField("first_seen", DetectionFormat.time(alert.firstSeen()));
    json.writeStringField("last_seen", DetectionFormat.time(alert.lastSeen()));
    json.writeStringField("title", alert.title());
    json.writeStringField("explanation", alert.explanation());
    writeTexts("hosts", alert.hosts(), json);
    json.writeNumberField("host_count", alert.hostCount());
    writeTexts("users", alert.users(), json);
    json.writeArrayFieldStart("targets");
    for (Target target : alert.targets()) {
      json.writeStartObject();
      json.writeStringField("server", target.server());
      json.writeStringField("share", target.share());
      json.writeBooleanField("loopback", target.loopback());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("corroboration");
    for (Corroboration corroboration : alert.corroborations()) {
      write(corroboration, json);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("step_counts");
    for (Map.Entry<String, Long> count : alert.stepCounts().entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
    writeAttack(alert, json);
    json.writeArrayFieldStart("steps");
    for (Step step : alert.steps()) {
      json.writeStartObject();
      json.writeStringField("name", step.name().published());
      json.writeStringField("time", DetectionFormat.time(step.time()));
      json.writeFieldName("detection");
      detections.write(step.detection(), json);
      if (step.process() != null) {
        write(step.process(), json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeTexts(String name, List<String> texts, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void write(Corroboration corroboration, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", corroboration.kind().published());
    json.writeStringField("time", DetectionFormat.time(corroboration.seen()));
    json.writeStringField("server", corroboration.server());
    json.writeStringField("host", corroboration.host());
    if (corroboration.path() != null) {
      json.writeStringField("path", corroboration.path());
    }
    json.writeEndObject();
  }

  /** The process that wrote a step's file. */
  private static void write(ProcessStart process, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("process");
    json.writeStringField("start_time", DetectionFormat.time(process.time()));
    DetectionFormat.context(json, "Image", process.image());
    DetectionFormat.context(json, "OriginalFileName", process.originalFileName());
    DetectionFormat.context(json, "CommandLine", process.commandLine());
    DetectionFormat.context(json, "ParentImage", process.parentImage());
    json.writeEndObject();
  }

  private static void writeAttack(Alert alert, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("attack");
    json.writeArrayFieldStart("tactics");
    for (Technique technique : alert.techniques()) {
      writeNamed(technique.tacticId(), technique.tacticName(), json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("techniques");
    for (Technique technique : alert.techniques()) {
      writeNamed(technique.id(), technique.name(), json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeNamed(String id, String name, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("name", name);
    json.writeEndObject();
  }

  @Override
  public byte[] sortKey(Alert alert) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(SortKeys.descending(alert.riskScore()))
        .putLong(SortKeys.descending(alert.lastSeen()))
        .array();
  }

  @Override
  public String key(Alert alert) {
    return alert.alertId();
  }

  @Override
  public Alert cutTo(Alert alert, int limit) {
    return limit == 0 ? alert.halved() : alert.cutTo(limit);
  }
}
