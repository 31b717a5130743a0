package io.stagehound.score;

import io.stagehound.commandline.CommandLineAnalyzer;
import io.stagehound.commandline.CopyCommand;
import io.stagehound.event.SysmonEvent;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event with StagingScore of at least 1: one row of the hunt's table.
 *
 * @param event the event
 * @param score its indicators
 * @param type what kind of staging the indicators show
 * @param copy the copy to or from a UNC path that its command line makes; null when it makes none
 */
public record Detection(
    SysmonEvent event, StagingScore score, DetectionType type, @Nullable CopyCommand copy) {

  /** The detection that this event is; empty when no indicator holds. */
  public static Optional<Detection> of(SysmonEvent event) {
    StagingScore score = StagingScore.of(event);
    if (score.sum() == 0) {
      return Optional.empty();
    }
    CopyCommand copy = score.isUncTarget() ? CommandLineAnalyzer.analyze(event) : null;
    return Optional.of(new Detection(event, score, DetectionType.of(score), copy));
  }

  /** The same detection with every text of it cut to at most {@code limit} characters. */
  public Detection cutTo(int limit) {
    return new Detection(event.cutTo(limit), score, type, copy == null ? null : copy.cutTo(limit));
  }

  /** What is found beyond the indicators. */
  public Set<Signal> signals() {
    return Signal.of(copy, event.hostKey());
  }
}
