package io.stagehound.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The files that a user means by files, folders and globs.
 *
 * @param files what to read, each once, in the order named; those of a folder by name
 * @param skipped files of the folders that hold no telemetry by their name: hidden ones (among them
 *     the {@code ._*} of AppleDouble), Markdown and YAML
 * @param bytes total size of {@code files}
 */
public record TelemetryFiles(List<Path> files, List<Path> skipped, long bytes) {

  private static final List<String> NOT_TELEMETRY = List.of(".md", ".yaml", ".yml");

  /**
   * Finds them.
   *
   * @param paths files, folders (searched to the bottom, links followed) and globs ({@code *},
   *     {@code ?}, {@code [ab]}, {@code {a,b}}, {@code **})
   * @param except a folder that is left out wherever it is met: what an earlier hunt wrote there is
   *     not telemetry
   * @throws NoTelemetryException if a path does not exist or holds no file
   */
  public static TelemetryFiles find(List<String> paths, Path except) throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    Set<Path> skipped = new LinkedHashSet<>();
    for (String path : paths) {
      for (Path found : expand(path)) {
        if (Files.isDirectory(found)) {
          walk(found, except.toAbsolutePath().normalize(), files, skipped);
        } else {
          files.add(found);
        }
      }
    }
    if (files.isEmpty()) {
      throw new NoTelemetryException(
          "no files to read in " + String.join(", ", paths) + ": is this the right folder?");
    }
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return new TelemetryFiles(List.copyOf(files), List.copyOf(skipped), bytes);
  }

  /** A path that the user gave and that leads to nothing to read. */
  public static final class NoTelemetryException extends IOException {
    private static final long serialVersionUID = 1L;

    NoTelemetryException(String message) {
      super(message);
    }
  }

  private static List<Path> expand(String path) throws IOException {
    Path literal;
    try {
      literal = Path.of(path);
    } catch (InvalidPathException e) {
      throw new NoTelemetryException("not a path: " + e.getMessage());
    }
    if (Files.exists(literal)) {
      return List.of(literal);
    }
    if (!isGlob(path)) {
      throw new NoTelemetryException("no such file or folder: " + path);
    }
    List<Path> found = matches(literal, path);
    if (found.isEmpty()) {
      throw new NoTelemetryException("no file matches " + path);
    }
    return found;
  }

  private static boolean isGlob(String path) {
    return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static List<Path> matches(Path glob, String text) throws IOException {
    Path parent = glob;
    while (parent != null && isGlob(parent.toString())) {
      parent = parent.getParent();
    }
    Path base = parent == null ? Path.of("") : parent;
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + text);
    // Only ** crosses folders, so only it makes a deep search worth its time.
    int depth =
        text.contains("**")
            ? Integer.MAX_VALUE
            : glob.getNameCount() - (parent == null ? 0 : parent.getNameCount());
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        base,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new TolerantVisitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (matcher.matches(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private static void walk(Path folder, Path except, Set<Path> files, Set<Path> skipped)
      throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new TolerantVisitor() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            boolean hidden = !visited.equals(folder) && name(visited).startsWith(".");
            return hidden || visited.toAbsolutePath().normalize().equals(except)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    for (Path file : found) {
      (mayBeTelemetry(file) ? files : skipped).add(file);
    }
  }

  private static boolean mayBeTelemetry(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && NOT_TELEMETRY.stream().noneMatch(name::endsWith);
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  /** Goes on past links that lead round in a circle or to nothing. */
  private abstract static class TolerantVisitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException exception) {
      return FileVisitResult.CONTINUE;
    }
  }
}
