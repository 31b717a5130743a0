package io.stagehound.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table: what Stagehound did, beside what it is compared with, in the same run.
 *
 * @param name of the measurement, as on the command line
 * @param measured what was measured, with its unit
 * @param stagehound what was measured of Stagehound
 * @param comparedWith what was measured of the other, and what that is; a dash where there is none
 * @param ratio of the two, the higher the better unless the goal is a ceiling; null where there is
 *     none
 * @param goal of the ratio; null where nothing is demanded
 */
record Row(
    String name,
    String measured,
    String stagehound,
    String comparedWith,
    @Nullable Double ratio,
    @Nullable Goal goal) {

  /** What a ratio must not fall below, or not exceed. */
  record Goal(boolean floor, double bound) {

    static Goal atLeast(double bound) {
      return new Goal(true, bound);
    }

    static Goal atMost(double bound) {
      return new Goal(false, bound);
    }

    boolean isMet(double ratio) {
      return floor ? ratio >= bound : ratio <= bound;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s %.2f", floor ? ">=" : "<=", bound);
    }
  }

  /** Whether there is a goal that is missed. */
  boolean isMissed() {
    return goal != null && (ratio == null || !goal.isMet(ratio));
  }
}
