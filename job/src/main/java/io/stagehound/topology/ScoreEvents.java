package io.stagehound.topology;

import io.stagehound.event.SysmonEvent;
import io.stagehound.score.Detection;
import io.stagehound.score.DetectionType;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Scores each event and passes on those that are detections. */
final class ScoreEvents extends ProcessFunction<SysmonEvent, Detection> {
  private static final long serialVersionUID = 1L;

  private final Map<DetectionType, LongCounter> counts = new EnumMap<>(DetectionType.class);

  @Override
  public void open(OpenContext context) {
    for (DetectionType type : DetectionType.values()) {
      LongCounter count = new LongCounter();
      counts.put(type, count);
      getRuntimeContext().addAccumulator(JobCounters.detections(type), count);
    }
  }

  @Override
  public void processElement(SysmonEvent event, Context context, Collector<Detection> detections) {
    Detection.of(event)
        .ifPresent(
            detection -> {
              counts.computeIfAbsent(detection.type(), type -> new LongCounter()).add(1);
              detections.collect(detection);
            });
  }
}
