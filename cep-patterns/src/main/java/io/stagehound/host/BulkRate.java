package io.stagehound.host;

import java.io.Serializable;
import java.time.Duration;

/**
 * From when on the files that one process tree puts into one folder are an unusual number.
 *
 * @param files how many distinct ones, at least 2
 * @param within in which time
 */
public record BulkRate(int files, Duration within) implements Serializable {

  /** When the user says nothing else. */
  public static final BulkRate DEFAULT = new BulkRate(50, Duration.ofMinutes(10));
}
