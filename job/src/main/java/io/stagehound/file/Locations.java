package io.stagehound.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/**
 * Where files and folders are, whatever file system holds them: the texts that users write, as
 * Flink's paths. A text with a scheme ({@code s3://…}) is a path of that file system, taken as it
 * stands, without percent-escapes; any other is a path of this machine.
 */
public final class Locations {

  private static final Pattern WITH_SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*|file:/.*", Pattern.DOTALL);
  private static final String LOCAL = "file";

  private Locations() {}

  /**
   * The folder that results are to go to, which need not exist.
   *
   * @throws WrongPathException if it is a file, or nothing that could be a folder
   */
  public static Path folder(String text) throws IOException {
    if (text.isEmpty()) {
      throw new WrongPathException("--output is empty: name a folder");
    }
    Path folder = of(text);
    if (isLocal(folder) && java.io.File.separatorChar == '/' && folder.getPath().contains("\\")) {
      // Flink's paths take it for a slash, and results would go elsewhere.
      throw new WrongPathException("--output " + text + " has a backslash: name another folder");
    }
    try {
      if (!fileSystem(folder).getFileStatus(folder).isDir()) {
        throw new WrongPathException("--output " + text + " is a file: name a folder");
      }
    } catch (FileNotFoundException e) {
      // It will be made.
    }
    return folder;
  }

  /** The location that this text names, absolute and without {@code .} and {@code ..}. */
  static Path of(String text) throws WrongPathException {
    try {
      if (!hasScheme(text)) {
        return ofLocal(java.nio.file.Path.of(text).toAbsolutePath().normalize());
      }
      Path location = new Path(text);
      URI uri = location.toUri();
      // A bucket's name alone is its root.
      return location.getPath().isEmpty()
          ? new Path(uri.getScheme(), uri.getAuthority(), "/")
          : location;
    } catch (IllegalArgumentException e) {
      throw new WrongPathException("not a path: " + e.getMessage());
    }
  }

  /** The location of a file or folder of this machine. */
  static Path ofLocal(java.nio.file.Path local) {
    return ofLocal(path(local));
  }

  private static Path ofLocal(String path) {
    try {
      return new Path(new URI(LOCAL, null, path, null));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Its absolute path, in the same characters whatever the process's encoding of file names. */
  private static String path(java.nio.file.Path local) {
    String path = local.toAbsolutePath().toUri().getPath();
    // Those of folders that exist end in a slash.
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** The name of a file of this machine. */
  static String name(java.nio.file.Path local) {
    String path = path(local);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** What lies in a folder of this machine under this name, whatever characters the name has. */
  static Path childOfLocal(Path folder, String name) {
    String path = folder.getPath();
    return ofLocal(path.endsWith("/") ? path + name : path + "/" + name);
  }

  /** What lies in a folder under this name, whatever characters the name has. */
  static Path child(Path folder, String name) {
    URI uri = folder.toUri();
    String path = uri.getPath().endsWith("/") ? uri.getPath() : uri.getPath() + "/";
    return new Path(uri.getScheme(), uri.getAuthority(), path + name);
  }

  static boolean hasScheme(String text) {
    return WITH_SCHEME.matcher(text).matches();
  }

  static boolean isLocal(Path location) {
    return LOCAL.equals(location.toUri().getScheme());
  }

  /** A location as users know it: one of this machine without its scheme. */
  static String text(Path location) {
    return isLocal(location) ? location.getPath() : location.toString();
  }

  /**
   * The file system that holds a location.
   *
   * @throws WrongPathException if Flink knows none
   */
  static FileSystem fileSystem(Path location) throws IOException {
    try {
      return location.getFileSystem();
    } catch (UnsupportedFileSystemSchemeException e) {
      String scheme = location.toUri().getScheme();
      throw new WrongPathException(
          "no file system here for "
              + location
              + ": Flink needs its plugin for "
              + scheme
              + ":// (as flink-s3-fs-hadoop for s3://) in its plugins folder, or Hadoop's classes");
    } catch (IOException e) {
      if (isLocal(location)) {
        throw new WrongPathException(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }
}
