package io.stagehound.file;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** Files in folders, by the paths that users write: this machine's, or another file system's. */
interface FileTree {

  /** What lies at a path. */
  enum Kind {
    FILE,
    FOLDER,
    /** A link to nothing that can be read. */
    BROKEN_LINK,
    /** A pipe, a device, a socket. */
    OTHER
  }

  /**
   * What lies at a path.
   *
   * @param path as a user would write it
   * @param location the same for Flink
   * @param identity the same for all paths that lead to it
   * @param bytes the size of a file
   */
  record Entry(String path, Path location, URI identity, Kind kind, long bytes) {

    String name() {
      return location.getName();
    }

    boolean isHidden() {
      return name().startsWith(".");
    }

    /** What lies in this folder under a name, as a user would write it. */
    String child(String name) {
      return path.isEmpty() || path.endsWith("/") ? path + name : path + "/" + name;
    }
  }

  /**
   * What lies at this path; null when nothing does.
   *
   * @throws WrongPathException if that cannot be told
   */
  @Nullable Entry at(String path) throws IOException;

  /**
   * What lies in a folder.
   *
   * @throws UnreadableException if it may not be read, or is gone
   */
  List<Entry> inside(Entry folder) throws IOException;
}
