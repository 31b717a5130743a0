package io.stagehound.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a hunt writes. While it runs, its parts lie in a hidden folder inside; only when
 * it has succeeded do the files take their names, each of them whole.
 */
public final class HuntResults implements Closeable {

  /** The hunt's table. */
  public static final String DETECTIONS = "detections.ndjson";

  /** The alerts. */
  public static final String ALERTS = "alerts.ndjson";

  /** The records that could not be used. */
  public static final String DEAD_LETTERS = "dead-letters.ndjson";

  /** What was read and found, in numbers. */
  public static final String SUMMARY = "summary.json";

  private final Path folder;
  private final Path parts;

  private HuntResults(Path folder, Path parts) {
    this.folder = folder;
    this.parts = parts;
  }

  /** Prepares the folder for a hunt. Several hunts may write to it at once: the last one stays. */
  public static HuntResults into(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Files.createDirectories(absolute);
    return new HuntResults(absolute, Files.createTempDirectory(absolute, ".hunting-"));
  }

  /** Where the hunt leaves its parts. */
  public Path parts() {
    return parts;
  }

  /** Where the finished file of this name lies. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Makes the files of the parts that the hunt has left. */
  public void publish(HuntSummary summary) throws IOException {
    for (String name : List.of(DETECTIONS, ALERTS, DEAD_LETTERS)) {
      merge(name);
    }
    Path whole = parts.resolve(SUMMARY);
    try (JsonGenerator json = new JsonFactory().createGenerator(Files.newOutputStream(whole))) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      summary.write(json);
      json.writeRaw('\n');
    }
    for (String name : List.of(DETECTIONS, ALERTS, DEAD_LETTERS, SUMMARY)) {
      Files.move(parts.resolve(name), file(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void merge(String name) throws IOException {
    List<Path> sorted;
    try (Stream<Path> files = Files.list(parts)) {
      sorted =
          files
              .filter(file -> file.getFileName().toString().startsWith(name + SortedParts.PART))
              .toList();
    }
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(parts.resolve(name)), 1 << 16)) {
      SortedParts.merge(
          sorted,
          line -> {
            out.write(line.line);
            out.write('\n');
          });
    }
  }

  /** Where the job may put what it needs while it runs. */
  public Path scratch() {
    return parts.resolve("scratch");
  }

  /** Removes what is left of parts and scratch. */
  @Override
  public void close() throws IOException {
    if (!Files.exists(parts)) {
      return;
    }
    Files.walkFileTree(
        parts,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
