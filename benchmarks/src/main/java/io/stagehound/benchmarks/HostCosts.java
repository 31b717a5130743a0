package io.stagehound.benchmarks;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What hosts cost the live graph.
 *
 * @param nanos of an ordinary event, on the clock
 * @param cpuNanos of an ordinary event, on all processors together
 * @param rememberedBytes of a savepoint, of what all hosts have open
 * @param rememberedLive the same on the heap
 * @param loadedBytes of a checkpoint after ordinary events
 * @param loadedMillis that this checkpoint took
 * @param quietBytes of a savepoint when all is forgotten
 * @param quietLive the same on the heap
 */
record HostCosts(
    double nanos,
    double cpuNanos,
    double rememberedBytes,
    double rememberedLive,
    double loadedBytes,
    double loadedMillis,
    double quietBytes,
    double quietLive) {

  /** As one line. */
  String line() {
    return DoubleStream.of(
            nanos,
            cpuNanos,
            rememberedBytes,
            rememberedLive,
            loadedBytes,
            loadedMillis,
            quietBytes,
            quietLive)
        .mapToObj(Double::toString)
        .collect(Collectors.joining(" "));
  }

  /** From that line. */
  static HostCosts of(String line) {
    double[] values =
        Arrays.stream(line.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new HostCosts(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
  }
}
