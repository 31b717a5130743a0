package io.stagehound.receiver;

import org.jspecify.annotations.Nullable;

/**
 * A sighting that bears out a copy.
 *
 * @param kind how the copy was seen
 * @param host the key of the host that copied
 * @param server the key of the server that it copied to
 * @param share the share's name, lower-cased
 * @param copied when the copy began, in milliseconds since the epoch, UTC
 * @param seen when it was seen
 * @param path the file that was seen; null where none is told
 */
public record Corroboration(
    SightingKind kind,
    String host,
    String server,
    String share,
    long copied,
    long seen,
    @Nullable String path) {

  /** Whether the server has the file. */
  public boolean confirms() {
    return kind == SightingKind.RECEIVED;
  }

  /** What the pushes to that share have in common. */
  public String shareKey() {
    return server + "\\" + share;
  }
}
