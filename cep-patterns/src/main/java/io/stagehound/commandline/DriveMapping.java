package io.stagehound.commandline;

import io.stagehound.event.Text;
import org.jspecify.annotations.Nullable;

/**
 * A drive or folder that a command line makes stand for another place, or stand for it no more:
 * {@code net use}, {@code New-PSDrive}, {@code subst}, {@code mklink /d}.
 *
 * @param name what stands for the place, in lower case: {@code z:}, or a folder's path
 * @param place what it stands for from then on, as written: a UNC path or a local one; null when it
 *     stands for nothing any more
 * @param text the command that does it
 */
public record DriveMapping(String name, @Nullable String place, String text) {

  /** The same mapping with its texts cut to at most {@code limit} characters. */
  public DriveMapping cutTo(int limit) {
    return new DriveMapping(
        Text.cut(name, limit),
        place == null ? null : Text.cut(place, limit),
        Text.cut(text, limit));
  }
}
