package io.stagehound.commandline;

import java.util.List;

/**
 * A copy to or from a UNC path, read from a command line. Where one line holds several copies, it
 * is their sum.
 *
 * @param tool the command that copies, lower-case and without {@code .exe}: {@code robocopy},
 *     {@code copy-item}, …
 * @param direction which way the data moves
 * @param targets the UNC paths written to ({@link CopyDirection#UNKNOWN}: every UNC path named;
 *     {@link CopyDirection#FROM_UNC}: none), in order of appearance, each once
 * @param sources what is copied, as written but without quotes: files, folders, wildcards, UNC or
 *     local, in order of appearance, each once
 */
public record CopyCommand(
    String tool, CopyDirection direction, List<UncPath> targets, List<String> sources) {

  /** Whether the copy takes this file: names its path, its file name or its folder. */
  public boolean names(String path) {
    return sources.contains(path);
  }
}
