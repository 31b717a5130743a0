package io.stagehound.score;

import io.stagehound.event.FilePath;
import java.util.Locale;

/** The folder that files are staged in. */
public final class StagingFolder {

  private StagingFolder() {}

  /**
   * The folder right below the staging directory that a file lies in, however deep it lies there,
   * or the staging directory where it lies in no folder of it; in lower case. A tree that is copied
   * into {@code C:\\Users\\Public\\x} is staged in that one folder. Of a file in no staging
   * directory, its own folder.
   */
  public static String of(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    int below = Indicator.endOfStagingDirectory(lower);
    if (below < 0) {
      return FilePath.folder(path);
    }
    int end = lower.indexOf('\\', below);
    return end < 0 ? lower.substring(0, below - 1) : lower.substring(0, end);
  }
}
