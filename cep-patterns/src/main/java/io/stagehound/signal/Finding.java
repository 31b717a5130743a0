package io.stagehound.signal;

import io.stagehound.event.Text;

/**
 * A signal and the text of the event that it was found in.
 *
 * @param signal what was found
 * @param text the part of the event that shows it, as the event has it, or decoded from it
 */
public record Finding(Signal signal, String text) {

  /** The same finding with its text cut to at most {@code limit} characters. */
  public Finding cutTo(int limit) {
    return new Finding(signal, Text.cut(text, limit));
  }
}
