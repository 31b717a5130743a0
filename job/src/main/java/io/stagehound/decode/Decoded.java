package io.stagehound.decode;

import io.stagehound.event.SysmonEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a source hands to the graph: a relevant event, or a dead letter, or neither; and how much
 * was read since the one before, so that records which do not matter need no object each.
 *
 * @param event a decoded event, else null
 * @param deadLetter a record that could not be used, else null
 * @param notRelevant how many readable records of other kinds were passed over
 * @param bytes how many bytes were read from the medium, as it stores them
 * @param history whether it is of the past and in no order of time, as what files hold is
 */
public record Decoded(
    @Nullable SysmonEvent event,
    @Nullable DeadLetter deadLetter,
    long notRelevant,
    long bytes,
    boolean history) {

  /** How many records this stands for. */
  public long records() {
    return notRelevant + (event != null || deadLetter != null ? 1 : 0);
  }
}
