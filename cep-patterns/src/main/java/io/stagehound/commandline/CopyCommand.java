package io.stagehound.commandline;

import io.stagehound.event.Text;
import java.util.List;

/**
 * A copy to or from a UNC path, read from a command line. Where one line holds several copies, it
 * is their sum.
 *
 * @param tool the command that copies, lower-case and without {@code .exe}: {@code robocopy},
 *     {@code copy-item}, …; of several, the first
 * @param direction which way the data moves
 * @param targets the UNC paths written to ({@link CopyDirection#UNKNOWN}: every UNC path named;
 *     {@link CopyDirection#FROM_UNC}: none), in order of appearance, each once, at most {@value
 *     #LIST_LIMIT}
 * @param sources what is copied, without quotes: files, folders, wildcards, UNC or local; a
 *     relative one with the working directory before it where that is known; robocopy's files with
 *     their folder before them; a wildcard that also takes files in the folders below with {@code
 *     **} for them, {@code C:\Users\**\*.zip}; an expression that is not known as it stands; in
 *     order of appearance, each once, at most {@value #LIST_LIMIT}
 */
public record CopyCommand(
    String tool, CopyDirection direction, List<UncPath> targets, List<String> sources) {

  /** The most targets and sources that are listed. */
  public static final int LIST_LIMIT = 50;

  /**
   * Whether the copy names this file: its path, its file name wherever it lies, a folder above it,
   * or a wildcard that fits it. A path longer than Windows has is named by none.
   */
  public boolean names(String path) {
    return sources.stream().anyMatch(source -> WindowsPath.takes(source, path));
  }

  /** The same copy with every text cut to at most {@code limit} characters. */
  public CopyCommand cutTo(int limit) {
    return new CopyCommand(
        tool,
        direction,
        targets.stream().map(target -> target.cutTo(limit)).toList(),
        sources.stream().map(source -> Text.cut(source, limit)).toList());
  }
}
