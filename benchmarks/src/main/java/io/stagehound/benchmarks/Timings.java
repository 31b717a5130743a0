package io.stagehound.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The seconds that one program took for each size, round after round. */
final class Timings {

  private final List<Double> small = new ArrayList<>();
  private final List<Double> large = new ArrayList<>();

  void add(double secondsOfSmall, double secondsOfLarge) {
    small.add(secondsOfSmall);
    large.add(secondsOfLarge);
  }

  /** Of the median of each size, since a difference of two single ones may be of any size. */
  double marginal(Setting setting) {
    double more = Medians.of(large) - Medians.of(small);
    if (more <= 0) {
      throw new IllegalStateException(
          "%,d records took no longer than %,d: take larger sizes"
              .formatted(setting.large(), setting.small()));
    }
    return (setting.large() - setting.small()) / more;
  }

  /** The last round. */
  @Override
  public String toString() {
    return "%.1f s, %.1f s".formatted(small.get(small.size() - 1), large.get(large.size() - 1));
  }
}
