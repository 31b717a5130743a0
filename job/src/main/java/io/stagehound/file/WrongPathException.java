package io.stagehound.file;

import java.io.IOException;

/** A path that the user gave and that cannot be used; its message says why, in a line. */
public final class WrongPathException extends IOException {
  private static final long serialVersionUID = 1L;

  WrongPathException(String message) {
    super(message);
  }
}
