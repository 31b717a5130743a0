package io.stagehound.topology;

import io.stagehound.event.SysmonEvent;
import io.stagehound.score.Detection;
import io.stagehound.score.DetectionType;
import io.stagehound.topology.JobCounters.JobCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Scores each event and passes on those that are detections. */
final class ScoreEvents extends ProcessFunction<SysmonEvent, Detection> {
  private static final long serialVersionUID = 1L;

  // Set in open, before the first element.
  private transient Map<DetectionType, JobCounter> counts;

  @SuppressWarnings("NullAway.Init")
  ScoreEvents() {}

  @Override
  public void open(OpenContext context) {
    counts = new EnumMap<>(DetectionType.class);
    for (DetectionType type : DetectionType.values()) {
      counts.put(type, JobCounters.countDetections(getRuntimeContext(), type));
    }
  }

  @Override
  public void processElement(SysmonEvent event, Context context, Collector<Detection> detections) {
    Optional<Detection> detection = Detection.of(event);
    if (detection.isPresent()) {
      Objects.requireNonNull(counts.get(detection.get().type())).add(1);
      detections.collect(detection.get());
    }
  }
}
