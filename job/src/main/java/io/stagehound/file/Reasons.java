package io.stagehound.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file system refused, in words: the JDK's own messages are often the file's name alone. */
public final class Reasons {

  private Reasons() {}

  /** The reason, without the name of the file. */
  public static String text(IOException refusal) {
    if (refusal instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (refusal instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (refusal instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (refusal instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is no folder";
    }
    String reason =
        refusal instanceof FileSystemException ofFile ? ofFile.getReason() : refusal.getMessage();
    return reason == null ? refusal.getClass().getSimpleName() : reason;
  }
}
