package io.stagehound.commandline;

import org.jspecify.annotations.Nullable;

/**
 * A drive or folder of one host that stands for another place.
 *
 * @param name what stands for the place, in lower case: {@code z:}, or a folder's path
 * @param place what it stands for: a UNC path or a local one
 * @param user who mapped it, and alone sees it; null when that is not known
 * @param time when it was mapped, in milliseconds since the epoch, UTC
 */
public record MappedDrive(String name, String place, @Nullable String user, long time) {

  /** Whether this user may see it; where either user is not known, that one may. */
  boolean isSeenBy(@Nullable String other) {
    return user == null || other == null || user.equalsIgnoreCase(other);
  }
}
