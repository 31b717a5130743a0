package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums up the copies of one command line. */
final class CopyTally {

  /**
   * What the words of one copy name, whatever they are to it.
   *
   * @param paths the UNC paths among them
   * @param understood whether no word is a variable or an expression that is not known
   */
  record Named(List<UncPath> paths, boolean understood) {}

  private final Set<UncPath> mentioned = new LinkedHashSet<>();
  private final Set<UncPath> targets = new LinkedHashSet<>();
  private final Set<UncPath> doubtful = new LinkedHashSet<>();
  private final Set<String> sources = new LinkedHashSet<>();
  private @Nullable String tool;
  private boolean pulls;
  private boolean destinationUnknown;

  /** Takes note of a word, which may be a UNC path that a variable hides from the copy. */
  void mention(String word) {
    UncPath path = UncPath.parse(word);
    if (path != null) {
      addTo(mentioned, path);
    }
  }

  /**
   * Adds one copy.
   *
   * @param from what it copies
   * @param to where to
   * @param named what all of its words name
   */
  void add(String command, Stream<String> from, String to, Named named) {
    UncPath target = UncPath.parse(to);
    Set<String> copied = new LinkedHashSet<>();
    boolean fromUnc = false;
    for (String source : (Iterable<String>) from::iterator) {
      fromUnc |= isFromUnc(source, named);
      mention(source);
      if (source.length() <= WindowsPath.LONGEST) {
        addTo(copied, source);
      }
    }
    boolean unknown = target == null && Variables.isVariable(to);
    // The command names a UNC path, and what it is to it is hidden in what is not understood.
    boolean doubt =
        target == null && !fromUnc && !unknown && !named.understood && !named.paths.isEmpty();
    if (target == null && !fromUnc && !unknown && !doubt) {
      return;
    }
    if (tool == null) {
      tool = command;
    }
    if (target != null) {
      addTo(targets, target);
    }
    if (doubt) {
      named.paths.forEach(path -> addTo(doubtful, path));
    }
    pulls |= fromUnc;
    destinationUnknown |= unknown;
    copied.forEach(source -> addTo(sources, source));
  }

  /** Whether a source is a UNC path, or an expression that one stands in. */
  private static boolean isFromUnc(String source, Named named) {
    return UncPath.parse(source) != null
        || (Variables.isVariable(source)
            && named.paths.stream().anyMatch(path -> isInside(source, path.text())));
  }

  private static boolean isInside(String expression, String path) {
    int at = expression.indexOf(path);
    return at >= 0 && expression.indexOf(')', at) >= 0;
  }

  private static <T> void addTo(Set<T> list, T element) {
    if (list.size() < CopyCommand.LIST_LIMIT) {
      list.add(element);
    }
  }

  /** The sum; null when no copy has a UNC path at an end. */
  @Nullable CopyCommand copy() {
    if (tool == null) {
      return null;
    }
    if (!targets.isEmpty()) {
      return copy(tool, pulls ? CopyDirection.BOTH : CopyDirection.TO_UNC, targets);
    }
    if (destinationUnknown && !mentioned.isEmpty()) {
      return copy(tool, CopyDirection.UNKNOWN, mentioned);
    }
    if (!doubtful.isEmpty()) {
      return copy(tool, CopyDirection.UNKNOWN, doubtful);
    }
    return pulls ? copy(tool, CopyDirection.FROM_UNC, Set.of()) : null;
  }

  private CopyCommand copy(String command, CopyDirection direction, Set<UncPath> ends) {
    return new CopyCommand(command, direction, new ArrayList<>(ends), new ArrayList<>(sources));
  }
}
