package io.stagehound.cli;

/** What went wrong, in a line: Flink wraps the cause in several exceptions of its own. */
final class Failures {

  private Failures() {}

  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }
}
