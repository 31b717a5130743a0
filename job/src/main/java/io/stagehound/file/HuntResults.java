package io.stagehound.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.stagehound.output.LineFormat;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * The folder that a hunt writes, on any file system that Flink knows. While it runs, its parts lie
 * in a hidden folder inside; only when it has succeeded do the files take their names, each of them
 * whole. The summary goes first of what an earlier hunt left and comes last: the files beside a
 * summary are all there and belong together.
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

  private static final List<String> OUTPUTS = List.of(DETECTIONS, ALERTS, DEAD_LETTERS);

  /** Those of which there may be more than one client should have to merge. Alerts are few. */
  private static final Set<String> MANY_LINES = Set.of(DETECTIONS, DEAD_LETTERS);

  private static final String HIDDEN = ".hunting-";
  private static final Pattern PART = Pattern.compile("part-\\d{5,}\\.ndjson");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final FileSystem files;
  private final Path folder;
  private final Path hidden;
  private final Path scratch;
  private final boolean inParts;

  private HuntResults(FileSystem files, Path folder, boolean inParts) {
    String unique = UUID.randomUUID().toString();
    this.files = files;
    this.folder = folder;
    this.hidden = new Path(folder, HIDDEN + unique);
    // Where results go there is room; but Flink's own files must lie on this machine.
    this.scratch =
        Locations.isLocal(folder)
            ? new Path(hidden, "scratch")
            : Path.fromLocalFile(
                new File(System.getProperty("java.io.tmpdir", "."), "stagehound-" + unique));
    this.inParts = inParts;
  }

  /**
   * Prepares the folder for a hunt. Several hunts may write to it at once: of each file the last
   * one stays.
   *
   * @param inParts whether detections and dead letters stay in sorted parts, and are not merged
   * @throws WrongPathException if this machine does not let it be written to
   */
  public static HuntResults into(Path folder, boolean inParts) throws IOException {
    HuntResults results = new HuntResults(Locations.fileSystem(folder), folder, inParts);
    results.make(results.hidden);
    return results;
  }

  /** Makes a folder, with the permissions that the process gives to new ones. */
  private void make(Path wanted) throws IOException {
    if (Locations.isLocal(wanted)) {
      try {
        Files.createDirectories(java.nio.file.Path.of(wanted.getPath()));
      } catch (NoSuchFileException e) {
        throw new WrongPathException(
            "cannot write to " + place() + ": no folder can be made there");
      } catch (IOException e) {
        throw new WrongPathException("cannot write to " + place() + ": " + Reasons.text(e));
      }
    } else if (!files.mkdirs(wanted)) {
      throw new IOException("cannot write to " + place());
    }
  }

  /** Whether these are the names of what lies in a folder of finished results. */
  static boolean areIn(Set<String> names) {
    return names.contains(SUMMARY)
        && names.contains(ALERTS)
        && MANY_LINES.stream()
            .allMatch(output -> names.contains(output) || names.contains(partsName(output)));
  }

  /** Whether a file of this name, in a folder of results, is one of them. */
  static boolean isResult(String name) {
    return name.equals(SUMMARY) || OUTPUTS.contains(name);
  }

  /** Whether a folder of this name, in a folder of results, holds an output in parts. */
  static boolean isPartsFolder(String name) {
    return MANY_LINES.stream().anyMatch(output -> name.equals(partsName(output)));
  }

  /** Whether a file of this name, in a folder of parts, is one of them. */
  static boolean isPart(String name) {
    return PART.matcher(name).matches();
  }

  /** Whether a folder of this name holds what an unfinished hunt has written. */
  static boolean isUnfinished(String name) {
    return name.startsWith(HIDDEN);
  }

  /** Where results are, as a user would write it. */
  public String place() {
    return Locations.text(folder);
  }

  /** What a finished output is called there: a file, or a folder of parts. */
  public String called(String output) {
    return isInParts(output) ? partsName(output) + "/" : output;
  }

  private boolean isInParts(String output) {
    return inParts && MANY_LINES.contains(output);
  }

  private Path file(String output) {
    return new Path(folder, output);
  }

  private Path partsFolder(String output) {
    return new Path(folder, partsName(output));
  }

  private static String partsName(String output) {
    return output.replace(".ndjson", "");
  }

  /** Where the writers of an output leave their parts. */
  Path written(String output) {
    return new Path(hidden, output);
  }

  /** Where the writers of what is found later leave their parts. */
  private Path writtenLater(String output) {
    return new Path(hidden, "later-" + output);
  }

  /** A sink whose lines {@link #publish} will make this output of. */
  <T> SortedPartsSink<T> sink(String output, LineFormat<T> format) {
    return sink(output, written(output), format);
  }

  /** A second sink of one output. */
  <T> SortedPartsSink<T> laterSink(String output, LineFormat<T> format) {
    return sink(output, writtenLater(output), format);
  }

  private <T> SortedPartsSink<T> sink(String output, Path written, LineFormat<T> format) {
    return new SortedPartsSink<>(
        written, isInParts(output) ? SortedParts.Form.LINES : SortedParts.Form.WITH_KEYS, format);
  }

  /** Makes the results of the parts that the hunt has left. */
  public void publish(HuntSummary summary) throws IOException {
    for (String output : OUTPUTS) {
      if (!isInParts(output)) {
        merge(parts(output), merged(output));
      }
    }
    try (JsonGenerator json =
        new JsonFactory().createGenerator(files.create(merged(SUMMARY), WriteMode.OVERWRITE))) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      summary.write(json);
      json.writeRaw('\n');
    }
    files.delete(file(SUMMARY), false);
    for (String output : OUTPUTS) {
      removeParts(output);
      if (isInParts(output)) {
        files.delete(file(output), false);
        publishParts(output);
      } else {
        move(merged(output), file(output));
      }
    }
    move(merged(SUMMARY), file(SUMMARY));
  }

  private Path merged(String output) {
    return new Path(hidden, "merged-" + output);
  }

  private void merge(List<Path> parts, Path whole) throws IOException {
    List<Path> sorted = new ArrayList<>(parts);
    for (int i = 0; sorted.size() > SortedParts.MOST_MERGED; i++) {
      List<Path> some = sorted.subList(0, SortedParts.MOST_MERGED);
      Path merged = whole.suffix("-" + i);
      merge(some, merged, SortedParts.Form.WITH_KEYS);
      some.clear();
      sorted.add(merged);
    }
    merge(sorted, whole, SortedParts.Form.LINES);
  }

  private static void merge(List<Path> sorted, Path merged, SortedParts.Form form)
      throws IOException {
    try (SortedParts.Writer writer = new SortedParts.Writer(merged, form)) {
      SortedParts.merge(sorted, writer::write);
    }
  }

  /** The part of each writer's last attempt, the one that succeeded. */
  private List<Path> parts(String output) throws IOException {
    List<Path> parts = new ArrayList<>();
    for (Path writer : list(written(output))) {
      lastAttempt(writer).ifPresent(parts::add);
    }
    for (Path writer : list(writtenLater(output))) {
      Optional<Path> part = lastAttempt(writer);
      if (part.isPresent() && files.getFileStatus(part.get()).getLen() > 0) {
        parts.add(part.get());
      }
    }
    return parts;
  }

  private Optional<Path> lastAttempt(Path writer) throws IOException {
    return list(writer).stream()
        .max(Comparator.comparingInt(attempt -> Integer.parseInt(attempt.getName())));
  }

  private void publishParts(String output) throws IOException {
    make(partsFolder(output));
    int number = 0;
    for (Path part : parts(output)) {
      String name = String.format(Locale.ROOT, "part-%05d.ndjson", number++);
      move(part, new Path(partsFolder(output), name));
    }
  }

  /** Removes the parts that an earlier hunt left, and nothing that somebody else did. */
  private void removeParts(String output) throws IOException {
    Path old = partsFolder(output);
    List<Path> inside = list(old);
    List<Path> parts = inside.stream().filter(part -> isPart(part.getName())).toList();
    for (Path part : parts) {
      files.delete(part, false);
    }
    if (!parts.isEmpty() && parts.size() == inside.size()) {
      files.delete(old, false);
    }
  }

  /**
   * Gives a whole file its name. This machine's file system replaces at once what had the name;
   * others refuse to, or take a moment, in which there is no file of that name.
   */
  private void move(Path from, Path to) throws IOException {
    if (files.isDistributedFS()) {
      files.delete(to, false);
    }
    if (!files.rename(from, to)) {
      throw new IOException("cannot write " + Locations.text(to));
    }
  }

  /** The first lines of a finished output; of one in parts those of its first parts. */
  public List<String> firstLines(String output, int most) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : isInParts(output) ? list(partsFolder(output)) : List.of(file(output))) {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
        reader.lines().limit(most - lines.size()).forEach(lines::add);
      }
    }
    return lines;
  }

  /** What lies in a folder, by name; nothing where there is none. */
  private List<Path> list(Path of) throws IOException {
    FileStatus[] found;
    try {
      found = files.listStatus(of);
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return found == null
        ? List.of()
        : Arrays.stream(found)
            .map(status -> Locations.child(of, status.getPath().getName()))
            .sorted(Comparator.comparing(Path::getName))
            .toList();
  }

  /** A folder of this machine for what Flink inside this process needs while it runs. */
  public String scratch() {
    return scratch.getPath();
  }

  /** Removes what is left of parts and scratch. */
  @Override
  public void close() throws IOException {
    remove(hidden);
    remove(scratch);
  }

  private static void remove(Path folder) throws IOException {
    FileSystem files = folder.getFileSystem();
    // Flink inside this process removes and adds files of its own for a moment after a job's end.
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (files.exists(folder)) {
      files.delete(folder, true);
      if (System.nanoTime() > end) {
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
