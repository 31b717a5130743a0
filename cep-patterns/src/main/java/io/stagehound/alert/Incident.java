package io.stagehound.alert;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.pattern.Match;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The matches of one pattern on one host in one run of activity, folded in bounded space: what an
 * {@link Alert} is written from. A match within the window of the last one belongs to the same run.
 * Matches of one time may come in any order and give the same incident. A match that came late may
 * lie before the first one; the incident keeps its id.
 *
 * <p>Risk is 60 for an incident and 85 for a linked one, and 1 more for each copy after the first,
 * up to 10; 20 less when every target is the host itself.
 *
 * @param pattern the pattern's id
 * @param hostKey the host's key
 * @param host the longest name that a step had for the host
 * @param opened time of the first match, in milliseconds since the epoch, UTC
 * @param lastMatch time of the latest match
 * @param matches how many matches there were, copies that came again for a late archive included
 * @param late whether a step was late
 * @param clockAhead whether a step came from the future
 * @param archives the archives behind the copies
 * @param copies the copies
 * @param users accounts of the kept steps, sorted, at most {@value #LIST_LIMIT}
 * @param targets shares copied to, sorted, at most {@value #LIST_LIMIT}
 * @param taken paths of seen archives that a copy names, sorted, at most {@value #LIST_LIMIT}
 */
public record Incident(
    String pattern,
    String hostKey,
    String host,
    long opened,
    long lastMatch,
    long matches,
    boolean late,
    boolean clockAhead,
    StepSample archives,
    StepSample copies,
    List<String> users,
    List<Target> targets,
    List<String> taken) {

  /** The most users, targets and archive paths that an alert lists. */
  public static final int LIST_LIMIT = 20;

  private static final int RISK = 60;
  private static final int RISK_LINKED = 85;
  private static final int RISK_OF_MORE_COPIES = 10;
  private static final int RISK_LESS_ON_LOOPBACK = 20;

  private static final Comparator<String> LONGEST_NAME =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /** The incident that a first match opens. */
  static Incident open(Match match) {
    Step copy = match.completion().step();
    return new Incident(
            match.pattern(),
            match.host(),
            copy.detection().event().host(),
            match.time(),
            match.time(),
            0,
            false,
            false,
            StepSample.empty(),
            StepSample.empty(),
            List.of(),
            List.of(),
            List.of())
        .plus(match);
  }

  /** This incident and one more match. */
  Incident plus(Match match) {
    Step copy = match.completion().step();
    StepSample newArchives = match.completion().archives();
    List<Step> newSteps = new ArrayList<>(newArchives.steps());
    newSteps.add(copy);
    return new Incident(
        pattern,
        hostKey,
        newSteps.stream()
            .map(step -> step.detection().event().host())
            .reduce(host, (a, b) -> LONGEST_NAME.compare(a, b) >= 0 ? a : b),
        opened,
        Math.max(lastMatch, match.time()),
        matches + 1,
        late || newSteps.stream().anyMatch(step -> step.arrival() == Arrival.LATE),
        clockAhead || newSteps.stream().anyMatch(step -> step.arrival() == Arrival.CLOCK_AHEAD),
        archives.plus(newArchives),
        match.completion().again() && copies.count() > 0 ? copies : copies.plus(copy),
        union(users, usersOf(newSteps), Comparator.naturalOrder(), Comparator.naturalOrder()),
        union(targets, targetsOf(copy), Target.SPELLING, Target.ORDER),
        union(
            taken,
            match.completion().taken(),
            Comparator.naturalOrder(),
            Comparator.naturalOrder()));
  }

  /** Whether a match of this time belongs to this run of activity. */
  boolean includes(long time, long window) {
    return time - lastMatch <= window && opened - time <= window;
  }

  /** The alert of this incident in the given state and revision. */
  Alert alert(AlertState state, long revision) {
    boolean linked = !taken.isEmpty();
    List<Step> steps = new ArrayList<>(archives.steps());
    steps.addAll(copies.steps());
    steps.sort(Step.ORDER);
    Map<String, Long> stepCounts = new LinkedHashMap<>();
    stepCounts.put(StepName.ARCHIVE.published(), archives.count());
    stepCounts.put(StepName.COPY.published(), copies.count());
    return new Alert(
        alertId(),
        pattern,
        state,
        revision,
        host,
        linked ? Severity.CRITICAL : Severity.HIGH,
        linked ? Confidence.HIGH : Confidence.MEDIUM,
        riskScore(),
        linked,
        late,
        clockAhead,
        steps.get(0).time(),
        lastMatch,
        users,
        targets,
        steps,
        stepCounts,
        List.of(Technique.REMOTE_DATA_STAGING),
        Narrative.title(this),
        Narrative.explanation(this));
  }

  /** A host has one match of a pattern at one time, so these three are the first match. */
  private String alertId() {
    String firstMatch = String.join("\n", pattern, hostKey, Long.toString(opened));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(firstMatch.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private int riskScore() {
    int risk = taken.isEmpty() ? RISK : RISK_LINKED;
    risk += (int) Math.min(RISK_OF_MORE_COPIES, copies.count() - 1);
    boolean loopbackOnly = !targets.isEmpty() && targets.stream().allMatch(Target::loopback);
    return loopbackOnly ? risk - RISK_LESS_ON_LOOPBACK : risk;
  }

  private static List<String> usersOf(List<Step> steps) {
    List<String> users = new ArrayList<>();
    for (Step step : steps) {
      String user = step.detection().event().user();
      if (user != null) {
        users.add(user);
      }
    }
    return users;
  }

  private static List<Target> targetsOf(Step copy) {
    CopyCommand command = copy.detection().copy();
    String hostKey = copy.detection().event().hostKey();
    return command == null
        ? List.of()
        : command.targets().stream().map(target -> Target.of(target, hostKey)).toList();
  }

  /**
   * The first elements of both lists by {@code order}; of those that are equal by {@code same}, the
   * first.
   */
  private static <T> List<T> union(
      List<T> some, List<T> more, Comparator<T> order, Comparator<T> same) {
    List<T> all = new ArrayList<>(some);
    all.addAll(more);
    all.sort(order);
    List<T> distinct = new ArrayList<>();
    for (T element : all) {
      boolean known =
          !distinct.isEmpty() && same.compare(distinct.get(distinct.size() - 1), element) == 0;
      if (!known && distinct.size() < LIST_LIMIT) {
        distinct.add(element);
      }
    }
    return distinct;
  }
}
