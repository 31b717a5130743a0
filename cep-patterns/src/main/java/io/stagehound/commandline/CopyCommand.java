package io.stagehound.commandline;

import io.stagehound.event.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A copy of files, read from the commands of an event. Where there are several, it is the sum of
 * those with a UNC path at an end; where none has one, of all.
 *
 * @param tool the command that copies, lower-case and without {@code .exe}: {@code robocopy},
 *     {@code copy-item}, …; of several, the first
 * @param direction which way the data moves
 * @param targets the UNC paths written to ({@link CopyDirection#UNKNOWN}: every UNC path named;
 *     {@link CopyDirection#FROM_UNC}: none), in order of appearance, each once, at most {@value
 *     #LIST_LIMIT}
 * @param sources what is copied, without quotes: files, folders, wildcards, UNC or local; a
 *     relative one with the working directory before it where that is known; robocopy's files with
 *     their folder before them; a wildcard that also takes files in the folders below with {@code
 *     **} for them, {@code C:\Users\**\*.zip}; an expression that is not known as it stands; in
 *     order of appearance, each once, at most {@value #LIST_LIMIT}
 * @param destinations where it is copied to, in the form of {@code sources}: files and folders, UNC
 *     or local; in order of appearance, each once, at most {@value #LIST_LIMIT}
 */
public record CopyCommand(
    String tool,
    CopyDirection direction,
    List<UncPath> targets,
    List<String> sources,
    List<String> destinations) {

  /** The most targets and sources that are listed. */
  public static final int LIST_LIMIT = 50;

  private static final int MOST_TEXTS = 8;

  /**
   * Whether the copy names this file: its path, its file name wherever it lies, a folder above it,
   * or a wildcard that fits it. A path longer than Windows has is named by none.
   */
  public boolean names(String path) {
    return sources.stream().anyMatch(source -> WindowsPath.takes(source, path));
  }

  /** The UNC paths among the sources. */
  public List<UncPath> pulledFrom() {
    return sources.stream().map(UncPath::parse).filter(Objects::nonNull).toList();
  }

  /** How much text it has, in characters, roughly. */
  public int characters() {
    int characters = 0;
    for (UncPath target : targets) {
      characters += target.text().length();
    }
    for (List<String> paths : List.of(sources, destinations)) {
      for (String path : paths) {
        characters += path.length();
      }
    }
    return characters;
  }

  /**
   * The copy that this one is where drives and folders are mapped: each source and destination that
   * lies on one is replaced, and targets and direction follow. This copy itself, where none is.
   *
   * @param places gives the place that a path leads to; the path itself where that is it
   */
  public CopyCommand resolved(UnaryOperator<String> places) {
    List<String> from = sources.stream().map(places).toList();
    List<String> to = destinations.stream().map(places).toList();
    if (from.equals(sources) && to.equals(destinations)) {
      return this;
    }
    Set<UncPath> known = new LinkedHashSet<>();
    if (direction != CopyDirection.UNKNOWN) {
      known.addAll(targets);
    }
    for (String destination : to) {
      UncPath target = UncPath.parse(destination);
      if (target != null && known.size() < LIST_LIMIT) {
        known.add(target);
      }
    }
    boolean pulls =
        direction.pulls() || from.stream().anyMatch(source -> UncPath.parse(source) != null);
    boolean stillUnknown = known.isEmpty() && direction == CopyDirection.UNKNOWN;
    return new CopyCommand(
        tool,
        stillUnknown ? direction : direction(!known.isEmpty(), pulls),
        stillUnknown ? targets : new ArrayList<>(known),
        new ArrayList<>(from),
        new ArrayList<>(to));
  }

  private static CopyDirection direction(boolean pushes, boolean pulls) {
    if (pushes) {
      return pulls ? CopyDirection.BOTH : CopyDirection.TO_UNC;
    }
    return pulls ? CopyDirection.FROM_UNC : CopyDirection.LOCAL;
  }

  /**
   * The same copy with every text cut to at most {@code limit} characters, and each list to as many
   * as eight such texts.
   */
  public CopyCommand cutTo(int limit) {
    return new CopyCommand(
        tool,
        direction,
        targets.stream().map(target -> target.cutTo(limit)).toList(),
        cut(sources, limit),
        cut(destinations, limit));
  }

  private static List<String> cut(List<String> paths, int limit) {
    List<String> kept = new ArrayList<>();
    int characters = 0;
    for (String path : paths) {
      String cut = Text.cut(path, limit);
      characters += cut.length();
      if (characters > MOST_TEXTS * limit) {
        break;
      }
      kept.add(cut);
    }
    return kept;
  }
}
