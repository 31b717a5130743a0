package io.stagehound.file;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files of this machine. Links are followed; those that lead round in a circle or to nothing
 * are passed over, which Flink's own view of local files does not do.
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
    return Files.exists(local)
        ? entry(local, Files.readAttributes(local, BasicFileAttributes.class))
        : null;
  }

  @Override
  public List<Entry> below(Entry folder, int depth, Predicate<Entry> enter) throws IOException {
    List<Entry> found = new ArrayList<>();
    Files.walkFileTree(
        Path.of(folder.path()),
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            return enter.test(entry(visited, attributes))
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.add(entry(file, attributes));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException exception) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static Entry entry(Path local, BasicFileAttributes attributes) {
    Kind kind =
        attributes.isDirectory()
            ? Kind.FOLDER
            : attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
    return new Entry(local.toString(), Locations.ofLocal(local), kind, attributes.size());
  }
}
