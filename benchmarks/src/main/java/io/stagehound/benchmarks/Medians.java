package io.stagehound.benchmarks;

import java.util.List;

/** The value in the middle. */
final class Medians {

  private Medians() {}

  static double of(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
