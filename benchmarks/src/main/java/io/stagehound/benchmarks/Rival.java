package io.stagehound.benchmarks;

import java.io.IOException;

/** Another program that goes through the same telemetry. */
interface Rival {

  /** What it is, with its version where that matters. */
  String title() throws IOException, InterruptedException;

  /** How many times its marginal throughput that of Stagehound must be at least. */
  double floor();

  /**
   * Lets it go through this telemetry, and gives the seconds that its process took.
   *
   * @throws IllegalStateException if it has not found what there is to find
   */
  double seconds(Telemetry telemetry, Setting setting) throws IOException, InterruptedException;
}
