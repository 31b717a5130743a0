package io.stagehound.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stagehound.pattern.Catalogue;
import io.stagehound.score.DetectionType;
import io.stagehound.topology.JobCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a hunt read and found, in numbers.
 *
 * @param records records read, of every kind
 * @param decoded those decoded into events
 * @param notRelevant those of kinds that Stagehound does not use
 * @param deadLetters those that could not be used
 * @param deadLetterKinds what is wrong with those, most frequent first; told to people alone
 * @param detections number of detections by DetectionType, those with none left out
 * @param alerts number of alerts by pattern, those with none left out
 * @param bytes bytes read, as stored
 * @param took from start to end
 */
public record HuntSummary(
    long records,
    long decoded,
    long notRelevant,
    long deadLetters,
    List<DeadLetterKind> deadLetterKinds,
    Map<String, Long> detections,
    Map<String, Long> alerts,
    long bytes,
    Duration took) {

  /** The summary that the job's accumulators hold; one that is missing counts as 0. */
  public static HuntSummary of(Map<String, Object> accumulators, Duration took) {
    Map<String, Long> detections = new LinkedHashMap<>();
    for (DetectionType type : DetectionType.values()) {
      putIfAny(detections, type.published(), count(accumulators, JobCounters.detections(type)));
    }
    Map<String, Long> alerts = new LinkedHashMap<>();
    for (String pattern : Catalogue.ids()) {
      putIfAny(alerts, pattern, count(accumulators, JobCounters.alerts(pattern)));
    }
    return new HuntSummary(
        count(accumulators, JobCounters.RECORDS),
        count(accumulators, JobCounters.DECODED),
        count(accumulators, JobCounters.NOT_RELEVANT),
        count(accumulators, JobCounters.DEAD_LETTERS),
        DeadLetterKinds.sorted(accumulators.get(DeadLetterKinds.NAME)),
        detections,
        alerts,
        count(accumulators, JobCounters.BYTES),
        took);
  }

  private static long count(Map<String, Object> accumulators, String name) {
    return accumulators.get(name) instanceof Long count ? count : 0;
  }

  private static void putIfAny(Map<String, Long> counts, String name, long count) {
    if (count > 0) {
      counts.put(name, count);
    }
  }

  /** Number of detections of all types. */
  public long allDetections() {
    return detections.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Number of alerts of all patterns. */
  public long allAlerts() {
    return alerts.values().stream().mapToLong(Long::longValue).sum();
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("records", records);
    json.writeNumberField("decoded", decoded);
    json.writeNumberField("not_relevant", notRelevant);
    json.writeNumberField("dead_letters", deadLetters);
    writeCounts("detections", detections, json);
    writeCounts("alerts", alerts, json);
    // No tuning excepts anything yet, and no event is late where history is sorted first.
    json.writeNumberField("excepted", 0);
    json.writeNumberField("late", 0);
    json.writeNumberField("bytes", bytes);
    json.writeNumberField("seconds", took.toMillis() / 1000.0);
    json.writeEndObject();
  }

  private static void writeCounts(String name, Map<String, Long> counts, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }
}
