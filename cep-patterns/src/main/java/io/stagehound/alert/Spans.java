package io.stagehound.alert;

import java.time.Duration;

/** Lengths of time, for people. */
public final class Spans {

  private Spans() {}

  /** Its two largest units at most. */
  public static String text(Duration span) {
    if (span.toDays() >= 1) {
      return span.toDays() + " d " + span.toHoursPart() + " h";
    }
    if (span.toHours() >= 1) {
      return span.toHours() + " h " + span.toMinutesPart() + " min";
    }
    return span.toMinutes() >= 1 ? span.toMinutes() + " min" : span.toSeconds() + " s";
  }
}
