package io.stagehound.alert;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions of an alert are written.
 *
 * @param interval the shortest time between two revisions of one alert, by the clock on the wall;
 *     null when only its last state is written
 */
public record Publication(@Nullable Duration interval) implements Serializable {

  /** Each alert once, when it has closed for good. */
  public static Publication ofLastState() {
    return new Publication(null);
  }

  /** Each alert when it opens, and each change of it, but at most one in an interval. */
  public static Publication ofChanges(Duration interval) {
    return new Publication(interval);
  }
}
