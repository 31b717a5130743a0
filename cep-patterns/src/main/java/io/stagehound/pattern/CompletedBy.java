package io.stagehound.pattern;

import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * A completion that has what it needs behind it, of that which CEP holds. What counts are the
 * steps' own times, which are not those that CEP orders by: a step may have been held back, or be
 * late, or come from the future.
 */
final class CompletedBy extends IterativeCondition<PatternStep> {
  private static final long serialVersionUID = 1L;

  private final StepPattern pattern;
  private final List<String> stages;
  private final Retention retention;

  private CompletedBy(StepPattern pattern, List<String> stages) {
    this.pattern = pattern;
    this.stages = stages;
    this.retention = Retention.ofSorted(pattern.window());
  }

  /**
   * Openings of these names, in order, each followed by the next, whatever comes between; and then
   * a completion. Every completion makes a match of its own, so that none is missed.
   */
  static Pattern<PatternStep, ?> sequence(
      StepPattern pattern, List<StepName> openings, StepName completion) {
    List<String> stages = new ArrayList<>();
    Pattern<PatternStep, PatternStep> sequence = null;
    for (StepName opening : openings) {
      String stage = stage(opening, completion);
      stages.add(stage);
      sequence =
          (sequence == null ? Pattern.<PatternStep>begin(stage) : sequence.followedByAny(stage))
              .where(SimpleCondition.of(step -> step.opensAs(opening)));
    }
    String last = completion.published();
    return (sequence == null ? Pattern.<PatternStep>begin(last) : sequence.followedByAny(last))
        .where(new CompletedBy(pattern, stages))
        // Exclusive at its end, whereas a completion right at the end of the window counts.
        .within(pattern.window().plusMillis(1));
  }

  /** A stage's name stands once in a pattern. */
  private static String stage(StepName opening, StepName completion) {
    return opening == completion ? "earlier-" + opening.published() : opening.published();
  }

  @Override
  public boolean filter(PatternStep candidate, Context<PatternStep> context) throws Exception {
    if (!candidate.completing()) {
      return false;
    }
    List<Step> openings = new ArrayList<>();
    for (String stage : stages) {
      for (PatternStep opening : context.getEventsForPattern(stage)) {
        openings.addAll(opening.with());
        openings.add(opening.step());
      }
    }
    openings.removeIf(opening -> !retention.spans(opening.time(), candidate.step().time()));
    openings.sort(Step.ORDER);
    return pattern.behind(candidate.step(), openings) != null;
  }
}
