package io.stagehound.step;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Any number of distinct steps in bounded space: the exact count, the first and the last {@value
 * #KEPT} of them by {@link Step#ORDER}, and on how many hosts they happened. The order in which
 * steps are added makes no difference.
 *
 * @param count how many steps there were
 * @param first the first {@value #KEPT}, or all when there were fewer
 * @param last the last {@value #KEPT} of those that {@code first} does not hold
 * @param hosts of the hashes of their hosts' names the smallest {@value #HOSTS_KEPT}, in order: how
 *     many there are can be told from how densely these lie (the estimator of <a
 *     href="https://doi.org/10.1007/3-540-45726-7_1">Bar-Yossef et al., 2002</a>)
 */
public record StepSample(long count, List<Step> first, List<Step> last, List<Long> hosts) {

  /** How many steps are kept at each end. */
  public static final int KEPT = 20;

  /** Up to how many hosts are counted exactly; more are estimated, to about 6 %. */
  public static final int HOSTS_KEPT = 256;

  /** No step. */
  public static StepSample empty() {
    return new StepSample(0, List.of(), List.of(), List.of());
  }

  /** This sample and one more step. */
  public StepSample plus(Step step) {
    return plus(List.of(step), 1, List.of(hash(step.detection().event().hostKey())));
  }

  /** This sample and another one, of other steps. */
  public StepSample plus(StepSample other) {
    return plus(other.steps(), other.count, other.hosts);
  }

  /** This sample and {@code more} steps that are only counted. */
  public StepSample plusLeftOut(long more) {
    return more == 0 ? this : new StepSample(count + more, first, last, hosts);
  }

  private StepSample plus(List<Step> steps, long counted, List<Long> itsHosts) {
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
    return new StepSample(count + counted, newFirst, newLast, smallest(itsHosts));
  }

  private List<Long> smallest(List<Long> more) {
    List<Long> all = hosts;
    for (Long host : more) {
      int at = -1 - Collections.binarySearch(all, host);
      if (at >= 0 && at < HOSTS_KEPT) {
        all = all == hosts ? new ArrayList<>(hosts) : all;
        all.add(at, host);
        if (all.size() > HOSTS_KEPT) {
          all.remove(HOSTS_KEPT);
        }
      }
    }
    return all;
  }

  /**
   * FNV-1a, then stirred so that all bits depend on all: evenly spread over the longs from 0 on.
   */
  private static long hash(String host) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < host.length(); i++) {
      hash = (hash ^ host.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (hash ^ (hash >>> 33)) >>> 1;
  }

  /** On how many hosts the steps happened; exact below {@value #HOSTS_KEPT}. */
  public long hostCount() {
    if (hosts.size() < HOSTS_KEPT) {
      return hosts.size();
    }
    double share = hosts.get(HOSTS_KEPT - 1) / (double) Long.MAX_VALUE;
    return Math.round((HOSTS_KEPT - 1) / share);
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
