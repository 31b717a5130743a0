package io.stagehound.topology;

import io.stagehound.score.Detection;
import io.stagehound.step.Step;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Lets only detections pass that have a role in a pattern: few of many. */
final class PickSteps implements FlatMapFunction<Detection, Step> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(Detection detection, Collector<Step> steps) {
    Step.of(detection).ifPresent(steps::collect);
  }
}
