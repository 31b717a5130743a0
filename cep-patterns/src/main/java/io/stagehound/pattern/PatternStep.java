package io.stagehound.pattern;

import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A step as it enters CEP for one pattern: with what the pattern's memory knows of it.
 *
 * @param pattern the pattern's id
 * @param key what the pattern's steps have in common: the host's key, or the share's
 * @param at the time at which it enters, in milliseconds since the epoch: the step's own; a later
 *     one for a step that came late or was held back; an earlier one for a step from the future
 * @param completing whether it completes the pattern; else it is an opening
 * @param step the step
 * @param with for an opening: the other openings that it stands for
 * @param brought for a completion: the steps that it brings to an alert, by name: itself, those
 *     that it stands for, and the openings that no completion had behind it yet
 * @param taken for a completion: the paths of archives seen before it that it names, oldest first,
 *     at most {@value #TAKEN_LIMIT}
 */
public record PatternStep(
    String pattern,
    String key,
    long at,
    boolean completing,
    Step step,
    List<Step> with,
    Map<StepName, StepSample> brought,
    List<String> taken) {

  /** The most paths that {@code taken} lists. */
  public static final int TAKEN_LIMIT = 20;

  /**
   * The one order of steps in a pattern: as they enter, openings first, then as {@link Step#ORDER}.
   */
  public static final Comparator<PatternStep> ORDER =
      Comparator.comparingLong(PatternStep::at)
          .thenComparing(PatternStep::completing)
          .thenComparing(PatternStep::step, Step.ORDER);

  /** Whether it is an opening of this name. */
  boolean opensAs(StepName name) {
    return !completing && step.name() == name;
  }
}
