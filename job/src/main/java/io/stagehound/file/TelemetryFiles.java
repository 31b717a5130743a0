package io.stagehound.file;

import io.stagehound.file.FileTree.Entry;
import io.stagehound.file.FileTree.Kind;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.fs.Path;

/**
 * The files that a user means by files, folders and globs.
 *
 * @param files what to read, each once, in the order named; those of a folder by name
 * @param skipped files of the folders that hold no telemetry by their name, as a user would write
 *     them: hidden ones (among them the {@code ._*} of AppleDouble), Markdown and YAML
 * @param bytes total size of {@code files}
 */
public record TelemetryFiles(List<Path> files, List<String> skipped, long bytes) {

  private static final List<String> NOT_TELEMETRY = List.of(".md", ".yaml", ".yml");

  /**
   * Finds them.
   *
   * @param paths files, folders (searched to the bottom, links followed) and globs ({@code *},
   *     {@code ?}, {@code [ab]}, {@code {a,b}}, {@code **}), of this machine or with the scheme of
   *     a file system that Flink knows
   * @param except a folder that is left out wherever it is met: what an earlier hunt wrote there is
   *     not telemetry
   * @throws WrongPathException if a path does not exist or holds no file
   */
  public static TelemetryFiles find(List<String> paths, Path except) throws IOException {
    Map<Path, Long> files = new LinkedHashMap<>();
    Set<String> skipped = new LinkedHashSet<>();
    for (String path : paths) {
      FileTree tree = tree(path);
      for (Entry found : expand(tree, spelled(path))) {
        if (found.kind() != Kind.FOLDER) {
          files.put(found.location(), found.bytes());
          continue;
        }
        for (Entry file : inside(tree, found, except)) {
          if (mayBeTelemetry(file)) {
            files.put(file.location(), file.bytes());
          } else {
            skipped.add(file.path());
          }
        }
      }
    }
    if (files.isEmpty()) {
      throw new WrongPathException(
          "no files to read in " + String.join(", ", paths) + ": is this the right folder?");
    }
    long bytes = files.values().stream().mapToLong(Long::longValue).sum();
    return new TelemetryFiles(List.copyOf(files.keySet()), List.copyOf(skipped), bytes);
  }

  private static boolean isOfThisMachine(String path) throws IOException {
    if (!Locations.hasScheme(path)) {
      return true;
    }
    Path location = Locations.of(path);
    // That there is one is told before anything is looked for.
    Locations.fileSystem(location);
    return Locations.isLocal(location);
  }

  private static FileTree tree(String path) throws IOException {
    return isOfThisMachine(path) ? new LocalTree() : new FlinkTree();
  }

  /** The path as the tree that holds it spells it. */
  private static String spelled(String path) throws IOException {
    return Locations.hasScheme(path) ? Locations.text(Locations.of(path)) : path;
  }

  private static List<Entry> expand(FileTree tree, String path) throws IOException {
    Entry literal = tree.at(path);
    if (literal != null) {
      return List.of(literal);
    }
    if (!isGlob(path)) {
      throw new WrongPathException("no such file or folder: " + path);
    }
    List<Entry> found = matches(tree, path);
    if (found.isEmpty()) {
      throw new WrongPathException("no file matches " + path);
    }
    return found;
  }

  private static boolean isGlob(String path) {
    return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static List<Entry> matches(FileTree tree, String glob) throws IOException {
    int plain = 0;
    while (!isGlob(glob.substring(plain, plain + 1))) {
      plain++;
    }
    int slash = glob.lastIndexOf('/', plain);
    Entry base = tree.at(slash < 0 ? "" : glob.substring(0, Math.max(slash, 1)));
    if (base == null || base.kind() != Kind.FOLDER) {
      return List.of();
    }
    PathMatcher matcher = matcher(glob);
    // Only ** crosses folders, so only it makes a deep search worth its time.
    int depth =
        glob.contains("**")
            ? Integer.MAX_VALUE
            : 1 + (int) glob.substring(slash + 1).chars().filter(c -> c == '/').count();
    List<Entry> found = new ArrayList<>();
    for (Entry entry : tree.below(base, depth, folder -> true)) {
      if (matcher.matches(java.nio.file.Path.of(entry.path()))) {
        found.add(entry);
      }
    }
    found.sort(Comparator.comparing(Entry::path));
    return found;
  }

  /** A matcher of paths of any tree, which all are slashes and names to it. */
  private static PathMatcher matcher(String glob) {
    // As a path it has no doubled slash, even behind a scheme.
    return FileSystems.getDefault().getPathMatcher("glob:" + glob.replaceAll("/+", "/"));
  }

  private static List<Entry> inside(FileTree tree, Entry folder, Path except) throws IOException {
    List<Entry> found = new ArrayList<>();
    for (Entry entry :
        tree.below(
            folder,
            Integer.MAX_VALUE,
            entered ->
                (entered.path().equals(folder.path()) || !entered.isHidden())
                    && !new Path(entered.location().toUri().normalize()).equals(except))) {
      if (entry.kind() == Kind.FILE) {
        found.add(entry);
      }
    }
    found.sort(Comparator.comparing(Entry::path));
    return found;
  }

  private static boolean mayBeTelemetry(Entry file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    return !file.isHidden() && NOT_TELEMETRY.stream().noneMatch(name::endsWith);
  }
}
