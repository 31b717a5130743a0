package io.stagehound.pattern;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The patterns that there are. */
public final class Catalogue {

  /** The window when the user sets none. */
  public static final Duration DEFAULT_WINDOW = Duration.ofHours(24);

  /** The shortest window. */
  public static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);

  /** The longest window. */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(30);

  private Catalogue() {}

  /**
   * All patterns, the core one first.
   *
   * @param window the longest time from a pattern's first step to its last, 1 s to 30 d
   */
  public static List<StepPattern> all(Duration window) {
    if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException("window out of range: " + window);
    }
    return List.of(
        new ArchiveThenUncCopy(window),
        new PullArchivePush(window),
        new CentralStagingPull(window),
        new CentralStagingPush(window),
        new WebRootStaging(window),
        new BulkStageArchive(window));
  }

  /** All patterns but those with these ids. */
  public static List<StepPattern> without(Set<String> ids, Duration window) {
    return all(window).stream().filter(pattern -> !ids.contains(pattern.id())).toList();
  }

  /** The ids of all patterns. */
  public static List<String> ids() {
    return all(DEFAULT_WINDOW).stream().map(StepPattern::id).toList();
  }
}
