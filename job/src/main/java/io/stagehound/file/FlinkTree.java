package io.stagehound.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
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
    } catch (IOException e) {
      throw isDenial(e) ? new WrongPathException("permission denied: " + path) : e;
    }
  }

  @Override
  public List<Entry> inside(Entry folder) throws IOException {
    List<Entry> inside = new ArrayList<>();
    try {
      for (FileStatus status :
          Locations.fileSystem(folder.location()).listStatus(folder.location())) {
        // By its name alone: some file systems spell scheme and authority in a way of their own.
        inside.add(entry(Locations.child(folder.location(), status.getPath().getName()), status));
      }
    } catch (FileNotFoundException e) {
      throw new UnreadableException("no such folder", e);
    } catch (IOException e) {
      // Any other failure is not the folder's own: the hunt would miss more than it.
      throw isDenial(e) ? new UnreadableException("permission denied", e) : e;
    }
    return inside;
  }

  /** Hadoop, whose classes need not be there, has an exception of its own. */
  private static boolean isDenial(IOException e) {
    return e instanceof AccessDeniedException
        || e.getClass().getSimpleName().equals("AccessControlException");
  }

  private static Entry entry(Path location, FileStatus status) {
    Kind kind = status.isDir() ? Kind.FOLDER : Kind.FILE;
    return new Entry(location.toString(), location, location.toUri(), kind, status.getLen());
  }
}
