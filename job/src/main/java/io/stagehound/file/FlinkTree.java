package io.stagehound.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** The files of any file system that Flink knows, by paths with a scheme. */
final class FlinkTree implements FileTree {

  @Override
  public @Nullable Entry at(String path) throws IOException {
    Path location = Locations.of(path);
    try {
      return entry(location, Locations.fileSystem(location).getFileStatus(location));
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  @Override
  public List<Entry> below(Entry folder, int depth, Predicate<Entry> enter) throws IOException {
    List<Entry> found = new ArrayList<>();
    addBelow(folder, depth, enter, found);
    return found;
  }

  private static void addBelow(Entry folder, int depth, Predicate<Entry> enter, List<Entry> found)
      throws IOException {
    if (!enter.test(folder)) {
      return;
    }
    for (FileStatus status :
        Locations.fileSystem(folder.location()).listStatus(folder.location())) {
      // By its name alone: some file systems spell scheme and authority in a way of their own.
      Entry entry = entry(Locations.child(folder.location(), status.getPath().getName()), status);
      if (entry.kind() == Kind.FOLDER && depth > 1) {
        addBelow(entry, depth - 1, enter, found);
      } else {
        found.add(entry);
      }
    }
  }

  private static Entry entry(Path location, FileStatus status) {
    Kind kind = status.isDir() ? Kind.FOLDER : Kind.FILE;
    return new Entry(location.toString(), location, kind, status.getLen());
  }
}
