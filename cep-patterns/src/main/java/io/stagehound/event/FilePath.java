package io.stagehound.event;

import java.util.Locale;

/** The parts of a Windows path, as Windows compares them: in lower case. */
public final class FilePath {

  private FilePath() {}

  /** The path's last name, in lower case. */
  public static String name(String path) {
    return path.substring(lastSeparator(path, path.length()) + 1).toLowerCase(Locale.ROOT);
  }

  /** The folder that the path lies in, in lower case, without a separator behind it. */
  public static String folder(String path) {
    return path.substring(0, Math.max(0, lastSeparator(path, path.length())))
        .toLowerCase(Locale.ROOT);
  }

  private static int lastSeparator(String path, int end) {
    return Math.max(path.lastIndexOf('\\', end), path.lastIndexOf('/', end));
  }
}
