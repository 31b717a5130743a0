package io.stagehound.kafka;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The topics of a live hunt.
 *
 * @param telemetry names of topics to read; empty when a pattern tells them
 * @param telemetryPattern what the names of topics to read match; null when they are listed
 * @param alerts where alerts go
 * @param detections where the hunt's table goes
 * @param deadLetters where records go that could not be used
 */
public record KafkaTopics(
    List<String> telemetry,
    @Nullable Pattern telemetryPattern,
    String alerts,
    String detections,
    String deadLetters) {

  /** Where alerts go when the user says nothing else. */
  public static final String DEFAULT_ALERTS = "stagehound-alerts";

  /** Where the hunt's table goes when the user says nothing else. */
  public static final String DEFAULT_DETECTIONS = "stagehound-detections";

  /** Where unusable records go when the user says nothing else. */
  public static final String DEFAULT_DEAD_LETTERS = "stagehound-dead-letters";
}
