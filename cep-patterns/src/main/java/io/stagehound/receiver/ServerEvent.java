package io.stagehound.receiver;

import io.stagehound.step.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * What a server's memory takes in: a push to it, or a sighting.
 *
 * @param server the server's key
 * @param time when it happened, in milliseconds since the epoch, UTC
 * @param arrival how it came
 * @param push a push to the server, else null
 * @param sighting a sighting, else null
 */
public record ServerEvent(
    String server,
    long time,
    Arrival arrival,
    ServerMemory.@Nullable Expected push,
    @Nullable Sighting sighting) {

  /** The event that a push is to its server. */
  public static ServerEvent of(Push push) {
    return new ServerEvent(
        push.server(), push.time(), push.step().arrival(), ServerMemory.Expected.of(push), null);
  }

  /** The event that a sighting is. */
  public static ServerEvent of(Sighting sighting, Arrival arrival) {
    return new ServerEvent(sighting.server(), sighting.time(), arrival, null, sighting);
  }
}
