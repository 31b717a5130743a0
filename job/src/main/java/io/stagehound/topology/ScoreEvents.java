package io.stagehound.topology;

import io.stagehound.event.SysmonEvent;
import io.stagehound.host.Observation;
import io.stagehound.receiver.ServerEvent;
import io.stagehound.receiver.Sighting;
import io.stagehound.score.Detection;
import io.stagehound.score.DetectionType;
import io.stagehound.score.ScoredEvent;
import io.stagehound.step.Arrival;
import io.stagehound.topology.JobCounters.JobCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Scores each event, and passes on those that are detections; beside them, what the memories of
 * hosts and servers need to know, which is of few events of many.
 */
final class ScoreEvents extends ProcessFunction<SysmonEvent, Detection> {
  private static final long serialVersionUID = 1L;

  /** What hosts' memories need to know. */
  static final OutputTag<ObservationBytes> OBSERVATIONS =
      new OutputTag<>("observations", TypeInformation.of(ObservationBytes.class));

  /** Script blocks that come in parts, to be scored when they are whole. */
  static final OutputTag<SysmonEvent> SCRIPT_PARTS =
      new OutputTag<>("script-parts", TypeInformation.of(SysmonEvent.class));

  /** What may bear out copies. */
  static final OutputTag<ServerEvent> SIGHTINGS =
      new OutputTag<>("sightings", TypeInformation.of(ServerEvent.class));

  private final @Nullable Timing timing;

  // Set in open, before the first element.
  private transient ObservationFormat format;
  private transient Map<DetectionType, JobCounter> counts;

  /**
   * A function that marks how events come.
   *
   * @param timing by what they are late or ahead; null where all are in time
   */
  @SuppressWarnings("NullAway.Init")
  ScoreEvents(@Nullable Timing timing) {
    this.timing = timing;
  }

  @Override
  public void open(OpenContext context) {
    format =
        new ObservationFormat(
            getRuntimeContext().createSerializer(TypeInformation.of(Observation.class)));
    counts = new EnumMap<>(DetectionType.class);
    for (DetectionType type : DetectionType.values()) {
      counts.put(type, JobCounters.countDetections(getRuntimeContext(), type));
    }
  }

  @Override
  public void processElement(SysmonEvent event, Context context, Collector<Detection> detections) {
    if (JoinScriptBlocks.isPart(event)) {
      context.output(SCRIPT_PARTS, event);
      return;
    }
    ScoredEvent scored = ScoredEvent.of(event);
    Optional<Detection> detection = scored.detection();
    if (detection.isPresent() && !Observation.tellsDetection(scored)) {
      Objects.requireNonNull(counts.get(detection.get().type())).add(1);
      detections.collect(detection.get());
    }
    Arrival arrival =
        timing == null
            ? Arrival.ON_TIME
            : timing.arrival(event.time(), context.timestamp(), context.timerService());
    Observation.of(scored, arrival)
        .ifPresent(observation -> context.output(OBSERVATIONS, format.write(observation)));
    for (Sighting sighting : Sighting.of(event)) {
      context.output(SIGHTINGS, ServerEvent.of(sighting, arrival));
    }
  }
}
