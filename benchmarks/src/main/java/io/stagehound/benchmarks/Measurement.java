package io.stagehound.benchmarks;

import java.io.IOException;
import java.util.List;

/** What gives one or several rows of the table. */
@FunctionalInterface
interface Measurement {

  /**
   * Measures.
   *
   * @throws IllegalStateException if what is measured does not do what it must, such as a hunt that
   *     does not find what there is to find
   */
  List<Row> rows(Setting setting) throws IOException, InterruptedException;
}
