package io.stagehound.pattern;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long steps are remembered.
 *
 * @param window the longest time from the first to the last step of a pattern, in milliseconds
 * @param lateness how late a step may come and still be correlated, in milliseconds; some minutes
 *     also in a hunt through history, where logs tell of one thing at several times
 */
public record Retention(long window, long lateness) implements Serializable {

  /** For steps that come by time. */
  public static Retention ofSorted(Duration window) {
    return new Retention(window.toMillis(), 0);
  }

  /** For steps that come at most so late. */
  public static Retention of(Duration window, Duration lateness) {
    return new Retention(window.toMillis(), lateness.toMillis());
  }

  /** How long an opening is remembered: its completion may be as late as any step. */
  long ofOpenings() {
    return window + lateness;
  }

  /** How long a completion is remembered: only for an opening that comes late. */
  long ofCompletions() {
    return lateness;
  }

  /** Whether an opening of this time may be behind a completion of that one. */
  boolean spans(long opening, long completion) {
    return opening <= completion && completion - opening <= window;
  }
}
