package io.stagehound.pattern;

import io.stagehound.host.HostStep;

/**
 * A completed pattern: one for each step that completes it, however many steps may have begun it.
 *
 * @param pattern the pattern's id
 * @param completion the step that completed it, with what the host's memory knows of those before
 */
public record Match(String pattern, HostStep completion) {

  /** The host's key. */
  public String host() {
    return completion.host();
  }

  /** When it completed, in milliseconds since the epoch, UTC. */
  public long time() {
    return completion.step().time();
  }

  /** When it entered CEP, in milliseconds since the epoch: its own time, unless it was late. */
  public long at() {
    return completion.at();
  }
}
