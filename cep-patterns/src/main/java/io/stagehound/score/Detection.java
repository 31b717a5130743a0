package io.stagehound.score;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.event.SysmonEvent;
import io.stagehound.signal.Finding;
import io.stagehound.signal.Signal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event with StagingScore of at least 1, or with a copy to or from a UNC path: one row of the
 * hunt's table.
 *
 * @param event the event
 * @param score its indicators
 * @param type what kind of staging the indicators show
 * @param copy what its commands copy, local copies included; null when they copy nothing
 * @param findings the signals that it shows, each with the text that it came from
 */
public record Detection(
    SysmonEvent event,
    StagingScore score,
    DetectionType type,
    @Nullable CopyCommand copy,
    List<Finding> findings) {

  /** The detection that this event is; empty when it is none. */
  public static Optional<Detection> of(SysmonEvent event) {
    return ScoredEvent.of(event).detection();
  }

  /** The same detection with every text of it cut to at most {@code limit} characters. */
  public Detection cutTo(int limit) {
    return new Detection(
        event.cutTo(limit),
        score,
        type,
        copy == null ? null : copy.cutTo(limit),
        findings.stream().map(finding -> finding.cutTo(limit)).toList());
  }

  /** How much text it has, in characters, roughly. */
  public int characters() {
    int characters = event.characters() + (copy == null ? 0 : copy.characters());
    for (Finding finding : findings) {
      characters += finding.text().length();
    }
    return characters;
  }

  /** The same detection with its copy resolved, and what is found of that. */
  public Detection withCopy(CopyCommand resolved, List<Finding> itsFindings) {
    return new Detection(event, score, type, resolved, itsFindings);
  }

  /** What is found beyond the indicators. */
  public Set<Signal> signals() {
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    findings.forEach(finding -> signals.add(finding.signal()));
    return signals;
  }
}
