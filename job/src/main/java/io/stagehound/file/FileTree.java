package io.stagehound.file;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** Files in folders, by the paths that users write: this machine's, or another file system's. */
interface FileTree {

  /** What lies at a path. */
  enum Kind {
    FILE,
    FOLDER,
    /** A pipe, a device, a link to nothing. */
    OTHER
  }

  /**
   * What lies at a path.
   *
   * @param path as a user would write it
   * @param location the same for Flink
   * @param bytes the size of a file
   */
  record Entry(String path, Path location, Kind kind, long bytes) {

    String name() {
      return location.getName();
    }

    boolean isHidden() {
      return name().startsWith(".");
    }
  }

  /** What lies at this path; null when nothing does. */
  @Nullable Entry at(String path) throws IOException;

  /**
   * What lies in a folder down to {@code depth} folders below it: all that is no folder, and the
   * folders at the depth itself.
   *
   * @param enter whether to look into a folder above that depth, {@code folder} itself included
   */
  List<Entry> below(Entry folder, int depth, Predicate<Entry> enter) throws IOException;
}
