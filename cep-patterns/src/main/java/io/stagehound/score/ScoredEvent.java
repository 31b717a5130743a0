package io.stagehound.score;

import io.stagehound.commandline.CommandAnalysis;
import io.stagehound.commandline.CommandLineAnalyzer;
import io.stagehound.event.SysmonEvent;
import io.stagehound.signal.Signal;
import java.util.Optional;

/**
 * An event and all that can be told from it alone.
 *
 * @param event the event
 * @param score its indicators
 * @param analysis what its commands do
 */
public record ScoredEvent(SysmonEvent event, StagingScore score, CommandAnalysis analysis) {

  /** Scores and analyses this event. */
  public static ScoredEvent of(SysmonEvent event) {
    return new ScoredEvent(event, StagingScore.of(event), CommandLineAnalyzer.analyze(event));
  }

  /**
   * The detection that the event is: with a StagingScore of at least 1, or with a copy to or from a
   * UNC path; empty when it has neither.
   */
  public Optional<Detection> detection() {
    boolean copies =
        analysis.findings().stream()
            .anyMatch(
                finding ->
                    finding.signal() == Signal.COPY_TO_UNC
                        || finding.signal() == Signal.COPY_FROM_UNC);
    if (score.sum() == 0 && !copies) {
      return Optional.empty();
    }
    return Optional.of(
        new Detection(event, score, DetectionType.of(score), analysis.copy(), analysis.findings()));
  }
}
