package io.stagehound.commandline;

import io.stagehound.signal.Signal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums up the copies of one event. */
final class CopyTally {

  /**
   * What the words of one copy name, whatever they are to it.
   *
   * @param paths the UNC paths among them
   * @param understood whether no word is a variable or an expression that is not known
   */
  record Named(List<UncPath> paths, boolean understood) {

    /** Of a command whose grammar leaves no doubt. */
    static final Named NOTHING = new Named(List.of(), true);
  }

  /**
   * One copy.
   *
   * @param command the command that makes it
   * @param text the statement that makes it
   * @param sources what it copies
   * @param destination where to
   * @param named what all of its words name
   * @param signals what the use of its command shows
   */
  record Copy(
      String command,
      String text,
      Stream<String> sources,
      String destination,
      Named named,
      Set<Signal> signals) {}

  /** Copies that count together: those with a UNC path at an end, and those without. */
  private static final class Sum {
    private @Nullable String tool;
    private final Set<String> sources = new LinkedHashSet<>();
    private final Set<String> destinations = new LinkedHashSet<>();

    private void add(Copy copy, Set<String> copied, String to) {
      if (tool == null) {
        tool = copy.command;
      }
      copied.forEach(source -> addTo(sources, source));
      if (to.length() <= WindowsPath.LONGEST) {
        addTo(destinations, to);
      }
    }

    private CopyCommand of(String command, CopyDirection direction, Set<UncPath> targets) {
      return new CopyCommand(
          command,
          direction,
          new ArrayList<>(targets),
          new ArrayList<>(sources),
          new ArrayList<>(destinations));
    }
  }

  private final LineDrives drives;
  private final boolean oneLine;
  private final Set<UncPath> mentioned = new LinkedHashSet<>();
  private final Set<UncPath> targets = new LinkedHashSet<>();
  private final Set<UncPath> doubtful = new LinkedHashSet<>();
  private final Sum remote = new Sum();
  private final Sum all = new Sum();
  private final Map<Signal, String> signals = new EnumMap<>(Signal.class);
  private @Nullable String pushText;
  private @Nullable String pullText;
  private @Nullable String doubtText;
  private boolean destinationUnknown;

  /**
   * A tally.
   *
   * @param drives what the same event maps
   * @param oneLine whether all of it is one command line, whose words belong together; what a
   *     script names elsewhere says nothing of a variable's value
   */
  CopyTally(LineDrives drives, boolean oneLine) {
    this.drives = drives;
    this.oneLine = oneLine;
  }

  /** Takes note of a word, which may be a UNC path that a variable hides from the copy. */
  void mention(String word) {
    UncPath path = oneLine ? UncPath.parse(word) : null;
    if (path != null) {
      addTo(mentioned, path);
    }
  }

  /** Adds one copy. */
  void add(Copy copy) {
    String to = drives.place(copy.destination);
    boolean throughDrive = !to.equals(copy.destination);
    UncPath target = UncPath.parse(to);
    Set<String> copied = new LinkedHashSet<>();
    boolean fromUnc = false;
    for (String named : (Iterable<String>) copy.sources::iterator) {
      String source = drives.place(named);
      throughDrive |= !source.equals(named);
      fromUnc |= isFromUnc(source, copy.named);
      mention(source);
      if (source.length() <= WindowsPath.LONGEST) {
        addTo(copied, source);
      }
    }
    all.add(copy, copied, to);
    boolean unknown = target == null && Variables.isVariable(to);
    // The command names a UNC path, and what it is to it is hidden in what is not understood.
    boolean doubt =
        target == null
            && !fromUnc
            && !unknown
            && !copy.named.understood
            && !copy.named.paths.isEmpty();
    if (target == null && !fromUnc && !unknown && !doubt) {
      return;
    }
    remote.add(copy, copied, to);
    if (target != null) {
      addTo(targets, target);
      pushText = pushText == null ? copy.text : pushText;
    }
    if (doubt) {
      copy.named.paths.forEach(path -> addTo(doubtful, path));
    }
    if (doubt || unknown) {
      doubtText = doubtText == null ? copy.text : doubtText;
    }
    if (fromUnc) {
      pullText = pullText == null ? copy.text : pullText;
    }
    destinationUnknown |= unknown;
    Set<Signal> shown = EnumSet.noneOf(Signal.class);
    shown.addAll(copy.signals);
    if (throughDrive) {
      shown.add(Signal.MAPPED_DRIVE);
    }
    shown.forEach(signal -> signals.putIfAbsent(signal, copy.text));
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

  /**
   * The sum of the copies that have a UNC path at an end, else of all copies; null when there are
   * none.
   */
  @Nullable CopyCommand copy() {
    if (remote.tool != null) {
      if (!targets.isEmpty()) {
        CopyDirection direction = pullText == null ? CopyDirection.TO_UNC : CopyDirection.BOTH;
        return remote.of(remote.tool, direction, targets);
      }
      if (destinationUnknown && !mentioned.isEmpty()) {
        return remote.of(remote.tool, CopyDirection.UNKNOWN, mentioned);
      }
      if (!doubtful.isEmpty()) {
        return remote.of(remote.tool, CopyDirection.UNKNOWN, doubtful);
      }
      if (pullText != null) {
        return remote.of(remote.tool, CopyDirection.FROM_UNC, Set.of());
      }
    }
    return all.tool == null ? null : all.of(all.tool, CopyDirection.LOCAL, Set.of());
  }

  /** What the copies of this sum show, each with the first text that shows it. */
  Map<Signal, String> found(CopyCommand copy, String hostKey) {
    Map<Signal, String> found = new EnumMap<>(Signal.class);
    if (copy.direction() != CopyDirection.LOCAL) {
      String doubt = doubtText == null ? "" : doubtText;
      CopyFindings.addDirection(
          copy, pushText == null ? doubt : pushText, pullText == null ? doubt : pullText, found);
      CopyFindings.addPaths(copy, hostKey, found);
      found.putAll(signals);
    }
    return found;
  }
}
