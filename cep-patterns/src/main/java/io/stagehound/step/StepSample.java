package io.stagehound.step;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Any number of distinct steps in bounded space: the exact count, and the first and the last
 * {@value #KEPT} of them by {@link Step#ORDER}. The order in which steps are added makes no
 * difference.
 *
 * @param count how many steps there were
 * @param first the first {@value #KEPT}, or all when there were fewer
 * @param last the last {@value #KEPT} of those that {@code first} does not hold
 */
public record StepSample(long count, List<Step> first, List<Step> last) {

  /** How many steps are kept at each end. */
  public static final int KEPT = 20;

  /** No step. */
  public static StepSample empty() {
    return new StepSample(0, List.of(), List.of());
  }

  /** This sample and one more step. */
  public StepSample plus(Step step) {
    return plus(List.of(step), 1);
  }

  /** This sample and another one, of other steps. */
  public StepSample plus(StepSample other) {
    return plus(other.steps(), other.count);
  }

  /** This sample and {@code more} steps that are only counted. */
  public StepSample plusLeftOut(long more) {
    return more == 0 ? this : new StepSample(count + more, first, last);
  }

  private StepSample plus(List<Step> steps, long counted) {
    if (counted == 0) {
      return this;
    }
    List<Step> newFirst = new ArrayList<>(first);
    List<Step> newLast = new ArrayList<>(last);
    for (Step step : steps) {
      insert(newFirst, step);
      if (newFirst.size() > KEPT) {
        insert(newLast, newFirst.remove(KEPT));
      }
      if (newLast.size() > KEPT) {
        newLast.remove(0);
      }
    }
    return new StepSample(count + counted, newFirst, newLast);
  }

  private static void insert(List<Step> ordered, Step step) {
    int found = Collections.binarySearch(ordered, step, Step.ORDER);
    ordered.add(found >= 0 ? found : -found - 1, step);
  }

  /** The steps that were kept, in order. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>(first);
    steps.addAll(last);
    return steps;
  }

  /** How many steps were counted but not kept. */
  public long leftOut() {
    return count - first.size() - last.size();
  }
}
