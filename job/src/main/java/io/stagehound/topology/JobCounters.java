package io.stagehound.topology;

import io.stagehound.score.DetectionType;

/**
 * Names of the counts that the job keeps as Flink accumulators: what the summary of a hunt is made
 * of, and what its progress is told by.
 */
public final class JobCounters {

  /** Records read, of every kind. */
  public static final String RECORDS = "records";

  /** Records decoded into events. */
  public static final String DECODED = "decoded";

  /** Readable records of kinds that Stagehound does not use. */
  public static final String NOT_RELEVANT = "not-relevant";

  /** Records that could not be used. */
  public static final String DEAD_LETTERS = "dead-letters";

  /** Bytes read, as stored. */
  public static final String BYTES = "bytes";

  private JobCounters() {}

  /** Detections of this type. */
  public static String detections(DetectionType type) {
    return "detections." + type.published();
  }

  /** Alerts of the pattern with this id. */
  public static String alerts(String pattern) {
    return "alerts." + pattern;
  }
}
