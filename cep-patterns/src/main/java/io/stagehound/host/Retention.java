package io.stagehound.host;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long the steps of a host are remembered.
 *
 * @param window the longest time from the first to the last step of a pattern, in milliseconds
 * @param lateness how late a step may come and still be correlated, in milliseconds; 0 where steps
 *     come by time, as in a hunt through history
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

  /** How long an archive is remembered: its copy may be as late as any step. */
  long ofArchives() {
    return window + lateness;
  }

  /** How long a copy is remembered: only for an archive that comes late. */
  long ofCopies() {
    return lateness;
  }

  /** Whether an archive of this time may be behind a copy of that one. */
  boolean spans(long archive, long copy) {
    return archive <= copy && copy - archive <= window;
  }
}
