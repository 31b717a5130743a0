package io.stagehound.file;

import io.stagehound.file.FileTree.Entry;
import io.stagehound.file.FileTree.Kind;
import io.stagehound.file.TelemetryFiles.Unreadable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.Path;

/** A search for telemetry, path by path. */
final class TelemetrySearch {

  private static final List<String> NOT_TELEMETRY = List.of(".md", ".yaml", ".yml");

  private final URI output;
  private final Map<URI, Entry> files = new LinkedHashMap<>();
  private final Map<URI, String> skipped = new LinkedHashMap<>();
  private final Set<String> results = new LinkedHashSet<>();
  private final Map<URI, Unreadable> unreadable = new LinkedHashMap<>();

  /** The folders that were searched to the bottom. */
  private final Set<URI> searched = new HashSet<>();

  /**
   * A search that has found nothing yet.
   *
   * @param output the folder of results, which need not be there
   */
  TelemetrySearch(Path output) {
    this.output =
        Locations.isLocal(output)
            ? LocalTree.identity(java.nio.file.Path.of(output.getPath()))
            : output.toUri();
  }

  /** What was found. */
  TelemetryFiles found() {
    skipped.keySet().removeAll(files.keySet());
    return new TelemetryFiles(
        files.values().stream().map(Entry::location).toList(),
        files.values().stream().mapToLong(Entry::bytes).sum(),
        files.values().stream().mapToLong(TelemetrySearch::pieces).sum(),
        List.copyOf(skipped.values()),
        List.copyOf(results),
        List.copyOf(unreadable.values()));
  }

  private static long pieces(Entry file) {
    return Streams.isInherited(file.path()) ? 1 : FilePieces.DEFAULT.count(file.bytes());
  }

  /** Adds what a user means by this path. */
  void add(String path) throws IOException {
    if (path.isEmpty()) {
      throw new WrongPathException("an empty path: name a file, a folder or a glob");
    }
    FileTree tree = tree(path);
    String spelled = spelled(path);
    Entry named = tree.at(spelled);
    if (named != null) {
      addNamed(tree, named);
      return;
    }
    if (!isGlob(spelled)) {
      throw new WrongPathException("no such file or folder: " + spelled);
    }
    Matching matching = matching(tree, spelled);
    if (matching.matches.isEmpty()) {
      throw new WrongPathException(matching.whyNone(spelled));
    }
    for (Match match : matching.matches) {
      switch (match.entry.kind()) {
        case FILE -> addFile(match.entry);
        case FOLDER -> addFolder(tree, match.entry, match.ofParts);
        case BROKEN_LINK, OTHER -> addUnreadable(match.entry, whatItIs(match.entry));
      }
    }
  }

  private void addNamed(FileTree tree, Entry named) throws IOException {
    if (named.kind() == Kind.FOLDER) {
      addFolder(tree, named, false);
      Unreadable itself = unreadable.get(named.identity());
      if (itself != null) {
        throw new WrongPathException(itself.reason() + ": " + named.path());
      }
    } else if (named.kind() == Kind.FILE || Streams.isInherited(named.path())) {
      addFile(named);
    } else {
      throw new WrongPathException(
          named.path() + " is " + whatItIs(named) + ": pipe it in, and name - for standard input");
    }
  }

  private void addFile(Entry file) {
    files.putIfAbsent(file.identity(), file);
  }

  private void addUnreadable(Entry entry, String reason) {
    unreadable.putIfAbsent(entry.identity(), new Unreadable(entry.path(), reason));
  }

  private static String whatItIs(Entry entry) {
    return entry.kind() == Kind.BROKEN_LINK
        ? "a link to nothing that can be read"
        : "no file or folder";
  }

  // ---- folders

  private void addFolder(FileTree tree, Entry folder, boolean ofParts) throws IOException {
    List<Entry> inside = new ArrayList<>();
    search(tree, folder, ofParts, inside);
    inside.sort(Comparator.comparing(Entry::path));
    for (Entry entry : inside) {
      if (!mayBeTelemetry(entry)) {
        skipped.putIfAbsent(entry.identity(), entry.path());
      } else if (entry.kind() == Kind.FILE) {
        addFile(entry);
      } else {
        addUnreadable(entry, whatItIs(entry));
      }
    }
  }

  private static boolean mayBeTelemetry(Entry file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    return !file.isHidden() && NOT_TELEMETRY.stream().noneMatch(name::endsWith);
  }

  /** Gathers what lies in a folder and below, hidden folders left out. */
  private void search(FileTree tree, Entry folder, boolean ofParts, List<Entry> found)
      throws IOException {
    if (!searched.add(folder.identity())) {
      return;
    }
    Inside inside = inside(tree, folder, ofParts);
    if (!inside.results.isEmpty()) {
      addResults(folder);
    }
    for (Entry entry : inside.others) {
      if (entry.kind() != Kind.FOLDER) {
        found.add(entry);
      } else if (!entry.isHidden()) {
        search(tree, entry, inside.isPartsFolder(entry), found);
      }
    }
  }

  private void addResults(Entry folder) {
    results.add(folder.path().isEmpty() ? "." : folder.path());
  }

  /**
   * What lies in a folder, by name.
   *
   * @param mayHoldParts whether it is one of results, so that folders in it may be of parts
   * @param results what hunts have written there, which is not telemetry
   * @param others all the rest
   */
  private record Inside(boolean mayHoldParts, List<Entry> results, List<Entry> others) {

    boolean isPartsFolder(Entry entry) {
      return mayHoldParts && HuntResults.isPartsFolder(entry.name());
    }
  }

  private Inside inside(FileTree tree, Entry folder, boolean ofParts) throws IOException {
    List<Entry> inside;
    try {
      inside = new ArrayList<>(tree.inside(folder));
    } catch (UnreadableException e) {
      addUnreadable(folder, String.valueOf(e.getMessage()));
      return new Inside(false, List.of(), List.of());
    }
    inside.sort(Comparator.comparing(Entry::name));
    boolean ofResults =
        folder.identity().equals(output)
            || HuntResults.areIn(inside.stream().map(Entry::name).collect(Collectors.toSet()));
    Map<Boolean, List<Entry>> parted =
        inside.stream()
            .collect(Collectors.partitioningBy(entry -> isResult(entry, ofResults, ofParts)));
    return new Inside(
        ofResults, parted.getOrDefault(true, List.of()), parted.getOrDefault(false, List.of()));
  }

  private static boolean isResult(Entry entry, boolean ofResults, boolean ofParts) {
    return entry.kind() == Kind.FOLDER
        ? HuntResults.isUnfinished(entry.name())
        : (ofResults && HuntResults.isResult(entry.name()))
            || (ofParts && HuntResults.isPart(entry.name()));
  }

  // ---- globs

  private static boolean isGlob(String path) {
    return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private Matching matching(FileTree tree, String glob) throws IOException {
    boolean foldersOnly = glob.endsWith("/");
    String ofNames = foldersOnly ? glob.replaceAll("/+$", "") : glob;
    Matching matching = new Matching(tree, matcher(ofNames), foldersOnly);
    int plain = 0;
    while (!isGlob(ofNames.substring(plain, plain + 1))) {
      plain++;
    }
    int slash = ofNames.lastIndexOf('/', plain);
    Entry base = tree.at(slash < 0 ? "" : ofNames.substring(0, Math.max(slash, 1)));
    if (base != null && base.kind() == Kind.FOLDER) {
      // Only ** crosses folders, so only it makes a deep search worth its time.
      int depth =
          ofNames.contains("**")
              ? Integer.MAX_VALUE
              : 1 + (int) ofNames.substring(slash + 1).chars().filter(c -> c == '/').count();
      matching.descend(base, depth, false);
    }
    matching.matches.sort(Comparator.comparing(match -> match.entry.path()));
    return matching;
  }

  /** A matcher of paths of any tree, which all are slashes and names to it. */
  private static PathMatcher matcher(String glob) throws WrongPathException {
    try {
      // As a path it has no doubled slash, even behind a scheme.
      return FileSystems.getDefault().getPathMatcher("glob:" + glob.replaceAll("/+", "/"));
    } catch (PatternSyntaxException e) {
      // The JDK leaves out the second quotation mark.
      String why = e.getDescription().replaceFirst("^Missing '(.)$", "Missing '$1'");
      throw new WrongPathException("no such file, and no glob: " + glob + " (" + why + ")");
    }
  }

  /**
   * What matches a glob.
   *
   * @param ofParts whether it is a folder of parts that a hunt has written
   */
  private record Match(Entry entry, boolean ofParts) {}

  /** A way down through folders that looks for matches. */
  private final class Matching {
    private final FileTree tree;
    private final PathMatcher matcher;
    private final boolean foldersOnly;
    private final List<Match> matches = new ArrayList<>();
    private final Set<URI> above = new HashSet<>();
    private boolean anyResults;

    Matching(FileTree tree, PathMatcher matcher, boolean foldersOnly) {
      this.tree = tree;
      this.matcher = matcher;
      this.foldersOnly = foldersOnly;
    }

    void descend(Entry folder, int depth, boolean ofParts) throws IOException {
      // A link to a folder above would lead round in a circle.
      if (!above.add(folder.identity())) {
        return;
      }
      Inside inside = inside(tree, folder, ofParts);
      if (inside.results.stream().anyMatch(this::matches)) {
        anyResults = true;
        addResults(folder);
      }
      for (Entry entry : inside.others) {
        boolean isPartsFolder = inside.isPartsFolder(entry);
        if (matches(entry)) {
          matches.add(new Match(entry, isPartsFolder));
        }
        if (entry.kind() == Kind.FOLDER && depth > 1) {
          descend(entry, depth - 1, isPartsFolder);
        }
      }
      above.remove(folder.identity());
    }

    private boolean matches(Entry entry) {
      try {
        return (entry.kind() == Kind.FOLDER || !foldersOnly)
            && matcher.matches(java.nio.file.Path.of(entry.path()));
      } catch (InvalidPathException e) {
        // Its name is no text in the encoding of file names.
        return false;
      }
    }

    String whyNone(String glob) {
      if (anyResults) {
        return "only the results of an earlier hunt match " + glob;
      }
      return "no file matches "
          + glob
          + unreadable.values().stream()
              .findFirst()
              .map(first -> ": " + first.path() + " could not be read (" + first.reason() + ")")
              .orElse("");
    }
  }

  // ---- trees

  private static FileTree tree(String path) throws IOException {
    return isOfThisMachine(path) ? new LocalTree() : new FlinkTree();
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

  /** The path as the tree that holds it spells it. */
  private static String spelled(String path) throws IOException {
    if (path.equals(Streams.STANDARD_INPUT)) {
      return Streams.STANDARD_INPUT_PATH;
    }
    return Locations.hasScheme(path) ? Locations.text(Locations.of(path)) : path;
  }
}
