package io.stagehound.cli;

import io.stagehound.file.Reasons;
import java.nio.file.FileSystemException;

/** What went wrong, in a line: Flink wraps the cause in several exceptions of its own. */
final class Failures {

  private Failures() {}

  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof FileSystemException refused) {
      return refused.getFile() + ": " + Reasons.text(refused);
    }
    if (root instanceof OutOfMemoryError) {
      return "out of memory: " + root.getMessage();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }
}
