package io.stagehound.file;

import java.util.regex.Pattern;

/** What this process was started with open, by the paths that lead to it. */
public final class Streams {

  /** What users write for standard input. */
  public static final String STANDARD_INPUT = "-";

  static final String STANDARD_INPUT_PATH = "/dev/stdin";

  private static final Pattern INHERITED =
      Pattern.compile("-|/dev/stdin|/dev/fd/\\d+|/proc/self/fd/\\d+");

  private Streams() {}

  /**
   * Whether a path is standard input or another stream of this process, as a shell's {@code <(…)}
   * is; such a one may be a pipe.
   */
  public static boolean isInherited(String path) {
    return INHERITED.matcher(path).matches();
  }
}
