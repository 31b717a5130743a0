package io.stagehound.host;

import io.stagehound.step.Step;
import io.stagehound.step.StepSample;
import java.util.Comparator;
import java.util.List;

/**
 * A step as it enters the patterns: with what its host's memory knows of it.
 *
 * @param host the host's key, {@link io.stagehound.event.SysmonEvent#hostKey()}
 * @param at the time at which it enters, in milliseconds since the epoch: the step's own; a later
 *     one for a step that came late and for an archive that was held back; an earlier one for a
 *     step from the future (see {@link HostMemory})
 * @param step the step
 * @param archives for a copy: the archives within the window before it that no copy had behind it
 *     yet; none for any other step
 * @param taken for a copy: the paths of archives seen within the window before it that it names,
 *     oldest first, at most {@value #TAKEN_LIMIT}; none for any other step
 * @param again whether it is a copy that has completed a pattern before and enters once more, for
 *     an archive that came late
 */
public record HostStep(
    String host, long at, Step step, StepSample archives, List<String> taken, boolean again) {

  /** The most paths that {@code taken} lists. */
  public static final int TAKEN_LIMIT = 20;

  /** The one order of steps in a host's patterns: as they enter, then as {@link Step#ORDER}. */
  public static final Comparator<HostStep> ORDER =
      Comparator.comparingLong(HostStep::at)
          .thenComparing(hostStep -> hostStep.step().name())
          .thenComparing(HostStep::step, Step.ORDER);
}
