package io.stagehound.deploy;

import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.score.DetectionType;
import io.stagehound.topology.JobCounters;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;

/** The metrics of a live hunt, as Prometheus names them. */
public final class RegisteredMetrics {

  /** What the names of an operator's metrics begin with. */
  public static final String OPERATOR = "flink_taskmanager_job_task_operator_";

  /** Of Flink 2.2: constants of MetricNames, unless a comment says otherwise. */
  private static final Set<String> OF_FLINK =
      Set.of(
          // CheckpointStatsTracker
          "flink_jobmanager_job_lastCheckpointDuration",
          "flink_jobmanager_job_lastCheckpointFullSize",
          "flink_jobmanager_job_lastCheckpointSize",
          "flink_jobmanager_job_numberOfCompletedCheckpoints",
          "flink_jobmanager_job_numberOfFailedCheckpoints",
          // JobStatusMetrics, "Time" behind the name of each state
          "flink_jobmanager_job_runningTime",
          "flink_jobmanager_job_numRestarts",
          "flink_taskmanager_job_task_busyTimeMsPerSecond",
          "flink_taskmanager_job_task_backPressuredTimeMsPerSecond",
          // MetricUtils
          "flink_taskmanager_Status_JVM_GarbageCollector_All_TimeMsPerSecond",
          "flink_taskmanager_Status_JVM_Memory_Heap_Max",
          "flink_taskmanager_Status_JVM_Memory_Heap_Used",
          // What sources and sinks have in common, FLIP-33
          OPERATOR + "pendingRecords",
          OPERATOR + "numRecordsSendErrors");

  /** Of Flink's connector for Kafka 5.0: constants of KafkaSourceReaderMetrics. */
  private static final Set<String> OF_THE_CONNECTOR =
      Set.of(OPERATOR + "KafkaSourceReader_commitsFailed");

  /** Labels that Flink gives a metric of a job, a task or an operator. */
  private static final Set<String> LABELS_OF_FLINK =
      Set.of("job_name", "tm_id", "task_name", "operator_name", "subtask_index");

  private RegisteredMetrics() {}

  /** The names of all of them. */
  static Set<String> names() throws IllegalAccessException {
    Set<String> names = new TreeSet<>(OF_FLINK);
    names.addAll(OF_THE_CONNECTOR);
    names.addAll(ofTheJob());
    return names;
  }

  /** The names of those that the job registers itself; a test on a cluster holds them. */
  public static Set<String> ofTheJob() throws IllegalAccessException {
    String prefix = OPERATOR + JobCounters.GROUP + "_";
    Set<String> names = new TreeSet<>();
    for (Field field : JobCounters.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers())
          && field.getType() == String.class
          && !field.getName().equals("GROUP")) {
        names.add(prefix + field.get(null));
      }
    }
    names.add(
        prefix
            + "detection_type_"
            + plain(JobCounters.detections(DetectionType.ARCHIVE_IN_STAGING_DIR)));
    names.add(prefix + "pattern_" + plain(JobCounters.alerts(ArchiveThenUncCopy.ID)));
    names.add(prefix + "step_steps");
    return names;
  }

  /** An accumulator's name without what the metric has as a label. */
  private static String plain(String accumulator) {
    return accumulator.substring(0, accumulator.indexOf('.'));
  }

  /** The labels that queries may use. */
  static Set<String> labels() {
    Set<String> labels = new TreeSet<>(LABELS_OF_FLINK);
    labels.addAll(Set.of("detection_type", "pattern", "step"));
    return labels;
  }
}
