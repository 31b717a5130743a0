package io.stagehound.file;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of this machine. Links are followed; a file is the same whatever links lead to it. A
 * name that is no text in the encoding of file names is told by its bytes in the identity alone:
 * there is no path of Flink to such a file.
 */
final class LocalTree implements FileTree {

  @Override
  public @Nullable Entry at(String path) throws IOException {
    Path local;
    try {
      local = Path.of(path);
    } catch (InvalidPathException e) {
      throw new WrongPathException("not a path: " + e.getMessage());
    }
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(local, BasicFileAttributes.class);
    } catch (AccessDeniedException e) {
      throw new WrongPathException(Reasons.text(e) + ": " + path);
    } catch (FileSystemException e) {
      if (Files.isSymbolicLink(local)) {
        throw new WrongPathException(path + " is a link to nothing that can be read");
      }
      return null;
    }
    URI identity = identity(local);
    // Behind a link, .. leads elsewhere than the text says.
    Path plain = path.contains("..") ? Path.of(identity) : local.toAbsolutePath().normalize();
    org.apache.flink.core.fs.Path location = Locations.ofLocal(plain);
    return new Entry(path, location, identity, kind(attributes), attributes.size());
  }

  @Override
  public List<Entry> inside(Entry folder) throws IOException {
    List<Entry> inside = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder.identity()))) {
      for (Path file : files) {
        inside.add(entry(folder, file));
      }
    } catch (DirectoryIteratorException e) {
      throw unreadable(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(e);
    }
    return inside;
  }

  private static UnreadableException unreadable(IOException e) {
    return new UnreadableException(Reasons.text(e), e);
  }

  private static Entry entry(Entry folder, Path file) {
    org.apache.flink.core.fs.Path location =
        Locations.childOfLocal(folder.location(), Locations.name(file));
    Kind kind = Kind.BROKEN_LINK;
    long bytes = 0;
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      kind = kind(attributes);
      bytes = attributes.size();
    } catch (IOException e) {
      // It is gone since the folder was read, or a link to where nothing is or may be seen.
      if (!Files.isSymbolicLink(file)) {
        kind = Kind.FILE;
      }
    }
    return new Entry(folder.child(location.getName()), location, identity(file), kind, bytes);
  }

  private static Kind kind(BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      return Kind.FOLDER;
    }
    return attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
  }

  /** The identity of what lies at a path of this machine. */
  static URI identity(Path local) {
    try {
      return local.toRealPath().toUri();
    } catch (IOException e) {
      // A link to nothing, or to what has no path, as a pipe does.
      return local.toAbsolutePath().toUri();
    }
  }
}
