package io.stagehound.topology;

import io.stagehound.score.Detection;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.topology.JobCounters.JobCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Lets only detections pass that have a role in a pattern: few of many. */
final class PickSteps extends ProcessFunction<Detection, Step> {
  private static final long serialVersionUID = 1L;

  private final @Nullable Timing timing;

  // Set in open, before the first element.
  private transient Map<StepName, JobCounter> counts;

  /**
   * A function that marks how steps come.
   *
   * @param timing by what steps are late or ahead; null where all are in time
   */
  @SuppressWarnings("NullAway.Init")
  PickSteps(@Nullable Timing timing) {
    this.timing = timing;
  }

  @Override
  public void open(OpenContext context) {
    counts = new EnumMap<>(StepName.class);
    for (StepName name : StepName.values()) {
      counts.put(name, JobCounters.countSteps(getRuntimeContext(), name));
    }
  }

  @Override
  public void processElement(Detection detection, Context context, Collector<Step> steps) {
    Optional<Step> step = Step.of(detection);
    if (step.isPresent()) {
      Objects.requireNonNull(counts.get(step.get().name())).add(1);
      steps.collect(
          timing == null
              ? step.get()
              : step.get()
                  .arriving(
                      timing.arrival(
                          step.get().time(), context.timestamp(), context.timerService())));
    }
  }
}
