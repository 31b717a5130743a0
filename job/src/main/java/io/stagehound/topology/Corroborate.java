package io.stagehound.topology;

import io.stagehound.alert.Development;
import io.stagehound.pattern.StepPattern;
import io.stagehound.receiver.Corroboration;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Brings a corroboration to every incident that may have its copy. */
final class Corroborate implements FlatMapFunction<Corroboration, Development> {
  private static final long serialVersionUID = 1L;

  private final List<StepPattern> patterns;

  Corroborate(List<StepPattern> patterns) {
    this.patterns = patterns;
  }

  @Override
  public void flatMap(Corroboration corroboration, Collector<Development> developments) {
    Development.of(corroboration, patterns).forEach(developments::collect);
  }
}
