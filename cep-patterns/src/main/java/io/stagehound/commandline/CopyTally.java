package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums up the copies of one command line. */
final class CopyTally {

  private final Set<UncPath> mentioned = new LinkedHashSet<>();
  private final Set<UncPath> targets = new LinkedHashSet<>();
  private final Set<String> sources = new LinkedHashSet<>();
  private @Nullable String tool;
  private boolean pulls;
  private boolean destinationUnknown;

  /** Takes note of a word, which may be a UNC path that a variable hides from the copy. */
  void mention(String word) {
    UncPath path = UncPath.parse(word);
    if (path != null && mentioned.size() < CopyCommand.LIST_LIMIT) {
      mentioned.add(path);
    }
  }

  /** Adds one copy. */
  void add(String command, Set<String> from, String to) {
    UncPath target = UncPath.parse(to);
    boolean fromUnc = from.stream().anyMatch(source -> UncPath.parse(source) != null);
    boolean unknown = target == null && Variables.isVariable(to);
    if (target == null && !fromUnc && !unknown) {
      return;
    }
    if (tool == null) {
      tool = command;
    }
    if (target != null && targets.size() < CopyCommand.LIST_LIMIT) {
      targets.add(target);
    }
    pulls |= fromUnc;
    destinationUnknown |= unknown;
    for (String source : from) {
      mention(source);
      if (sources.size() < CopyCommand.LIST_LIMIT && source.length() <= WindowsPath.LONGEST) {
        sources.add(source);
      }
    }
  }

  /** The sum; null when no copy has a UNC path at an end. */
  @Nullable CopyCommand copy() {
    if (tool == null) {
      return null;
    }
    if (!targets.isEmpty()) {
      CopyDirection direction = pulls ? CopyDirection.BOTH : CopyDirection.TO_UNC;
      return new CopyCommand(tool, direction, List.copyOf(targets), List.copyOf(sources));
    }
    if (destinationUnknown) {
      return mentioned.isEmpty()
          ? null
          : new CopyCommand(
              tool, CopyDirection.UNKNOWN, List.copyOf(mentioned), List.copyOf(sources));
    }
    return new CopyCommand(tool, CopyDirection.FROM_UNC, List.of(), new ArrayList<>(sources));
  }
}
