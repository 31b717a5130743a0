package io.stagehound.pattern;

import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.cep.pattern.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An ordered correlation of the steps of one key: openings, and then a completion that has them
 * behind it. Its id and the names of its stages are Flink state: they never change.
 *
 * <p>CEP holds every event that may begin a match and visits it at each later one, so that raw
 * steps would cost a busy key ever more. So a {@link PatternMemory} stands before CEP, in bounded
 * space: it passes on the completions that have what they need behind them, and of the openings
 * what CEP needs to find that they do.
 */
public interface StepPattern extends Serializable {

  /** What a pattern's steps must have in common. */
  enum Scope {
    /** The host that they happened on. */
    HOST,
    /** The share that they copy to. */
    SHARE
  }

  /** What alerts call it. */
  String id();

  /** The longest time from its first step to its last. */
  Duration window();

  /** What its steps have in common. */
  default Scope scope() {
    return Scope.HOST;
  }

  /** Whether a step may be one that another completes. */
  boolean opens(Step step);

  /** Whether a step may complete the pattern. */
  boolean completes(Step step);

  /**
   * The openings that a completion has behind it.
   *
   * @param openings those in the window before it, in order
   * @return some of them, in order; null when they do not suffice for a match
   */
  @Nullable List<Step> behind(Step completion, List<Step> openings);

  /**
   * Whether openings that are only counted belong to those that a completion has behind it.
   *
   * @param from time of the first of them, in milliseconds since the epoch
   * @param to time of the last
   * @param behind what {@link #behind} has returned
   */
  default boolean isBehind(StepName name, long from, long to, List<Step> behind) {
    return true;
  }

  /**
   * The fewest openings with which CEP finds the match, each list as one event for it, in order.
   *
   * @param behind what {@link #behind} has returned
   */
  List<List<Step>> stages(List<Step> behind);

  /**
   * How many openings are passed on to CEP as they come, in each window; the others only right
   * before a completion that needs them.
   */
  default int passedAhead() {
    return 0;
  }

  /**
   * What makes an opening replaceable: of several that have this in common, all but the newest may
   * be only counted when there is no room.
   */
  default String kind(Step opening) {
    return opening.name().published();
  }

  /**
   * Which opening, beside the newest of each {@link #kind}, a completion may yet need: where there
   * is no room, it stays.
   *
   * @param openings all that are remembered, in order
   * @return its index; -1 for none
   */
  default int alsoNeeded(List<PatternMemory.Remembered> openings) {
    return -1;
  }

  /** What CEP looks for. */
  Pattern<PatternStep, ?> pattern();
}
