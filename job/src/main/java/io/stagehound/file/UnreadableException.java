package io.stagehound.file;

import java.io.IOException;

/** A folder that cannot be read, while others can; its message is the reason alone. */
final class UnreadableException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableException(String reason, IOException cause) {
    super(reason, cause);
  }
}
