package io.stagehound.alert;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.pattern.Match;
import io.stagehound.receiver.Corroboration;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The matches of one pattern and key in one run of activity, folded in bounded space: what an
 * {@link Alert} is written from. A match within the window of the last one belongs to the same run.
 * Matches of one time may come in any order and give the same incident. A match that came late may
 * lie before the first one; the incident keeps its id.
 *
 * @param pattern the pattern's id
 * @param key what the pattern's steps have in common: a host's key, or a share's
 * @param host the longest name that a step had for the host; for a share, its server's key
 * @param opened time of the first match, in milliseconds since the epoch, UTC
 * @param lastMatch time of the latest match
 * @param changes how often it has changed: matches and corroborations
 * @param late whether a step was late
 * @param clockAhead whether a step came from the future
 * @param steps the steps by name
 * @param users accounts of the kept steps, sorted, at most {@value #LIST_LIMIT}
 * @param targets shares copied to, sorted, at most {@value #LIST_LIMIT}
 * @param taken paths of seen archives that a copy names, sorted, at most {@value #LIST_LIMIT}
 * @param corroborations what bears out its copies, what confirms them first, then by time, at most
 *     {@value #LIST_LIMIT}
 */
public record Incident(
    String pattern,
    String key,
    String host,
    long opened,
    long lastMatch,
    long changes,
    boolean late,
    boolean clockAhead,
    Map<StepName, StepSample> steps,
    List<String> users,
    List<Target> targets,
    List<String> taken,
    List<Corroboration> corroborations) {

  /** The most users, targets, archive paths and corroborations that an alert lists. */
  public static final int LIST_LIMIT = 20;

  private static final Comparator<String> LONGEST_NAME =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private static final Comparator<Corroboration> BY_TIME =
      Comparator.comparingLong(Corroboration::seen)
          .thenComparing(Corroboration::kind)
          .thenComparing(Corroboration::toString);

  /** What confirms a copy is not crowded out by what does not. */
  private static final Comparator<Corroboration> BY_WEIGHT =
      Comparator.comparing((Corroboration corroboration) -> !corroboration.confirms())
          .thenComparing(BY_TIME);

  /** The incident that a first match opens. */
  static Incident open(Match match) {
    Step completion = match.completion().step();
    boolean ofShare = Profile.of(match.pattern()).isOfShare();
    Incident none =
        new Incident(
            match.pattern(),
            match.key(),
            ofShare
                ? match.key().substring(0, match.key().indexOf('\\'))
                : completion.detection().event().host(),
            match.time(),
            match.time(),
            0,
            false,
            false,
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    // One that was passed on again, for an opening that came late, does not bring itself.
    boolean alone = !match.completion().brought().containsKey(completion.name());
    return alone
        ? none.plusSteps(Map.of(completion.name(), StepSample.empty().plus(completion))).plus(match)
        : none.plus(match);
  }

  /** This incident and one more match. */
  Incident plus(Match match) {
    Incident more = plusSteps(match.completion().brought());
    return new Incident(
        pattern,
        key,
        more.host,
        opened,
        Math.max(lastMatch, match.time()),
        changes + 1,
        more.late,
        more.clockAhead,
        more.steps,
        more.users,
        more.targets,
        union(
            taken,
            match.completion().taken(),
            Comparator.naturalOrder(),
            Comparator.naturalOrder()),
        corroborations);
  }

  private Incident plusSteps(Map<StepName, StepSample> brought) {
    Map<StepName, StepSample> all = new HashMap<>(steps);
    List<Step> newSteps = new ArrayList<>();
    brought.forEach(
        (name, sample) -> {
          all.merge(name, sample, StepSample::plus);
          newSteps.addAll(sample.steps());
        });
    List<String> newUsers = new ArrayList<>();
    List<Target> newTargets = new ArrayList<>();
    String newHost = host;
    boolean anyLate = late;
    boolean anyAhead = clockAhead;
    for (Step step : newSteps) {
      String user = step.detection().event().user();
      if (user != null) {
        newUsers.add(user);
      }
      if (step.name() == StepName.COPY) {
        newTargets.addAll(targetsOf(step));
      }
      String name = step.detection().event().host();
      newHost = isOfShare() || LONGEST_NAME.compare(newHost, name) >= 0 ? newHost : name;
      anyLate |= step.arrival() == Arrival.LATE;
      anyAhead |= step.arrival() == Arrival.CLOCK_AHEAD;
    }
    return new Incident(
        pattern,
        key,
        newHost,
        opened,
        lastMatch,
        changes,
        anyLate,
        anyAhead,
        all,
        union(users, newUsers, Comparator.naturalOrder(), Comparator.naturalOrder()),
        union(targets, newTargets, Target.SPELLING, Target.ORDER),
        taken,
        corroborations);
  }

  /** This incident, borne out by one more sighting; the same where it has enough of them. */
  Incident plus(Corroboration corroboration) {
    List<Corroboration> all = union(corroborations, List.of(corroboration), BY_WEIGHT, BY_WEIGHT);
    if (all.equals(corroborations)) {
      return this;
    }
    return new Incident(
        pattern,
        key,
        host,
        opened,
        lastMatch,
        changes + 1,
        late,
        clockAhead,
        steps,
        users,
        targets,
        taken,
        all);
  }

  /** Whether a match of this time belongs to this run of activity. */
  boolean includes(long time, long window) {
    return time - lastMatch <= window && opened - time <= window;
  }

  /** Whether a copy of it is the one that a sighting bears out. */
  boolean includes(Corroboration corroboration) {
    return sample(StepName.COPY).steps().stream()
        .anyMatch(
            copy ->
                copy.time() == corroboration.copied()
                    && copy.detection().event().hostKey().equals(corroboration.host()));
  }

  /** Its steps of this name. */
  StepSample sample(StepName name) {
    return steps.getOrDefault(name, StepSample.empty());
  }

  /** Whether a copy names an archive that was seen. */
  boolean isLinked() {
    return !taken.isEmpty();
  }

  /** Whether a server was seen to receive what a copy names. */
  boolean isConfirmed() {
    return corroborations.stream().anyMatch(Corroboration::confirms);
  }

  /** Whether its steps have a share in common, and may be of many hosts. */
  boolean isOfShare() {
    return Profile.of(pattern).isOfShare();
  }

  /** On how many hosts its steps happened. */
  long hostCount() {
    return steps.values().stream().reduce(StepSample.empty(), StepSample::plus).hostCount();
  }

  /** The hosts of its kept steps, sorted, at most {@value #LIST_LIMIT}. */
  List<String> hosts() {
    return steps.values().stream()
        .flatMap(sample -> sample.steps().stream())
        .map(step -> step.detection().event().host())
        .sorted()
        .distinct()
        .limit(LIST_LIMIT)
        .toList();
  }

  /** The alert of this incident in the given state and revision. */
  Alert alert(AlertState state, long revision) {
    List<Step> allSteps = new ArrayList<>();
    Map<String, Long> stepCounts = new LinkedHashMap<>();
    for (StepName name : StepName.values()) {
      if (steps.containsKey(name)) {
        allSteps.addAll(sample(name).steps());
        stepCounts.put(name.published(), sample(name).count());
      }
    }
    allSteps.sort(Step.ORDER);
    Profile profile = Profile.of(pattern);
    return new Alert(
        alertId(),
        pattern,
        state,
        revision,
        host,
        profile.severity(this),
        isLinked() || isConfirmed() ? Confidence.HIGH : Confidence.MEDIUM,
        profile.risk(this),
        isLinked(),
        isConfirmed(),
        late,
        clockAhead,
        allSteps.get(0).time(),
        lastMatch,
        isOfShare() ? hosts() : List.of(host),
        hostCount(),
        users,
        targets,
        corroborations.stream().sorted(BY_TIME).toList(),
        allSteps,
        stepCounts,
        profile.techniques(),
        Narrative.title(this),
        Narrative.explanation(this));
  }

  /** A key has one match of a pattern at one time, so these three are the first match. */
  private String alertId() {
    String firstMatch = String.join("\n", pattern, key, Long.toString(opened));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(firstMatch.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The shares that a copy goes to; of an incident of one share, that one, however it is spelt. */
  private List<Target> targetsOf(Step copy) {
    CopyCommand command = copy.detection().copy();
    if (isOfShare()) {
      int share = key.indexOf('\\');
      return List.of(new Target(key.substring(0, share), key.substring(share + 1), false));
    }
    String hostKey = copy.detection().event().hostKey();
    return command == null
        ? List.of()
        : command.targets().stream().map(path -> Target.of(path, hostKey)).toList();
  }

  /**
   * The first elements of both lists by {@code order}; of those that are equal by {@code same}, the
   * first.
   */
  private static <T> List<T> union(
      List<T> some, List<T> more, Comparator<? super T> order, Comparator<? super T> same) {
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
