package io.stagehound.pattern;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered for one pattern and key while the pattern may still complete: openings, late
 * completions, and what CEP has been given of them, in bounded space. Steps go in, each with the
 * time at which it enters, and come out as the {@link PatternStep}s that CEP needs.
 *
 * <p>Steps should come by {@link Step#ORDER}. One that does not, since it was late, finds what it
 * belongs to all the same: a late completion the openings before it, a late opening the completions
 * after it. What counts between steps are their own times; what is forgotten when, and what CEP can
 * still hold, goes by the times at which they entered.
 *
 * <p>Floods are thinned, since each step that CEP holds is visited again at every other. Of the
 * openings, {@link StepPattern#passedAhead()} of a window are passed on as they come, and then at
 * most one in each further part of it; where that would leave a completion without what it needs,
 * this is passed on right before it. A completion that lacks what it needs is not passed on at all:
 * a file server's backup makes any number of them. Of more than {@value #COMPLETED_PER_WINDOW}
 * completions in a window, at most one in each further {@code window /} {@value
 * #COMPLETED_PER_WINDOW} is passed on, and stands for those before it. So a completion is in an
 * alert exactly when it would be with every step passed on.
 *
 * <p>Of openings beyond {@value #OPENINGS_KEPT}, or beyond {@value #CHARACTERS_KEPT} characters (to
 * which short ones may add as many again), that no completion had behind it yet, those in the
 * middle are only counted; a copy that names one of them is not linked to it, and where some of
 * them have left the window and some have not, their count is true to a {@value
 * #SLICES_PER_WINDOW}th of the window.
 *
 * <p>Immutable; the empty memory is that of a key without open steps.
 *
 * @param openings openings by {@link Step#ORDER}, at most {@value #OPENINGS_KEPT}
 * @param completions completions by {@link Step#ORDER}, at most {@value #COMPLETIONS_KEPT}
 * @param leftOut openings that no completion had behind it and that {@code openings} has no room
 *     for
 * @param passed when openings entered CEP that it still holds, in milliseconds since the epoch
 * @param completed when completions were passed on in this window
 * @param held completions that wait to be passed on as one; null when none do
 */
public record PatternMemory(
    List<Remembered> openings,
    List<Remembered> completions,
    List<LeftOut> leftOut,
    List<Long> passed,
    List<Long> completed,
    @Nullable Held held) {

  /** How many openings are kept with all that is known of them. */
  public static final int OPENINGS_KEPT = 256;

  /** How many completions are kept for openings that come late. */
  public static final int COMPLETIONS_KEPT = 64;

  /** How many characters of text openings, and completions, may have together. */
  public static final int CHARACTERS_KEPT = 1 << 18;

  /** Steps that are no longer than this need no counting of characters. */
  private static final int SHORT = CHARACTERS_KEPT / OPENINGS_KEPT;

  /** How many completions of one window are passed on before they are put together. */
  public static final int COMPLETED_PER_WINDOW = 64;

  /**
   * How many openings CEP may hold of those passed on as they come. Only a host whose clock jumps
   * about comes so far; one more is then passed on only right before a completion.
   */
  public static final int MOST_PASSED = 256;

  private static final int SLICES_PER_WINDOW = 256;

  /** Out of order, slices may overlap; the oldest are then put together. */
  private static final int MOST_SLICES = SLICES_PER_WINDOW + 44;

  private static final long NEVER = Long.MIN_VALUE;

  /**
   * A step that is remembered.
   *
   * @param step the step
   * @param at when it entered, in milliseconds since the epoch
   * @param matched for an opening, whether a completion had it behind it; for a completion, whether
   *     it had what it needs behind it
   * @param passedAt for an opening, when it entered CEP; {@code Long.MIN_VALUE} when it did not
   * @param characters how much text the step has
   * @param kind for an opening, {@link StepPattern#kind}
   */
  public record Remembered(
      Step step, long at, boolean matched, long passedAt, int characters, String kind) {
    private static final Comparator<Remembered> ORDER =
        Comparator.comparing(Remembered::step, Step.ORDER);

    static Remembered of(Step step, long at, boolean matched, String kind) {
      return new Remembered(step, at, matched, NEVER, step.characters(), kind);
    }

    long time() {
      return step.time();
    }

    Remembered asMatched() {
      return matched ? this : new Remembered(step, at, true, passedAt, characters, kind);
    }

    Remembered asPassed(long passed) {
      return new Remembered(step, at, matched, passed, characters, kind);
    }
  }

  /**
   * Openings that are only counted.
   *
   * @param name what they were
   * @param from time of the first, in milliseconds since the epoch
   * @param to time of the last
   * @param at when the last one entered
   * @param count how many
   */
  public record LeftOut(StepName name, long from, long to, long at, long count) {
    LeftOut plus(LeftOut other) {
      return new LeftOut(
          name,
          Math.min(from, other.from),
          Math.max(to, other.to),
          Math.max(at, other.at),
          count + other.count);
    }
  }

  /**
   * Completions that wait to be passed on as one.
   *
   * @param last the last of them
   * @param stages as {@link StepPattern#stages}, of the last: room may have been made of what it
   *     needs by the time it is passed on
   * @param due when they are passed on at the latest, in milliseconds since the epoch
   * @param brought as {@link PatternStep#brought()}, of all of them
   * @param taken as {@link PatternStep#taken()}, of all of them
   */
  public record Held(
      Step last,
      List<Stage> stages,
      long due,
      Map<StepName, StepSample> brought,
      List<String> taken) {}

  /** Openings that are one event for CEP. */
  public record Stage(List<Step> steps) {}

  /** The memory of a key that has no open step. */
  public static PatternMemory empty() {
    return new PatternMemory(List.of(), List.of(), List.of(), List.of(), List.of(), null);
  }

  /** Whether nothing is remembered, so that nothing need be stored. */
  public boolean isEmpty() {
    return openings.isEmpty()
        && completions.isEmpty()
        && leftOut.isEmpty()
        && passed.isEmpty()
        && completed.isEmpty()
        && held == null;
  }

  /**
   * When this memory must be looked at next, in milliseconds since the epoch: what is held is due,
   * or something is to be forgotten; {@code Long.MAX_VALUE} when empty.
   */
  public long nextChange(Retention retention) {
    long next = held == null ? Long.MAX_VALUE : held.due;
    if (!openings.isEmpty()) {
      next = Math.min(next, openings.get(0).at + retention.ofOpenings() + 1);
    }
    if (!leftOut.isEmpty()) {
      next = Math.min(next, leftOut.get(0).at + retention.ofOpenings() + 1);
    }
    if (!completions.isEmpty()) {
      next = Math.min(next, completions.get(0).at + retention.ofCompletions() + 1);
    }
    if (!passed.isEmpty()) {
      next = Math.min(next, passed.get(0) + retention.window() + 1);
    }
    if (!completed.isEmpty()) {
      next = Math.min(next, completed.get(0) + retention.window() + 1);
    }
    return next;
  }

  /**
   * This memory when event time has come so far: what is held is passed on when it is due, and what
   * need not be remembered any more is not.
   */
  public PatternMemory at(
      long now, String key, StepPattern pattern, Retention retention, Consumer<PatternStep> out) {
    PatternMemory current = this;
    if (held != null && held.due <= now) {
      Taking taking =
          new Taking(this, Math.max(held.due, latestEntered()), key, pattern, retention, out);
      taking.passHeld();
      current = taking.memory();
    }
    return current.without(now, retention);
  }

  private PatternMemory without(long now, Retention retention) {
    return new PatternMemory(
        without(openings, opening -> opening.at < now - retention.ofOpenings()),
        without(completions, completion -> completion.at <= now - retention.ofCompletions()),
        without(leftOut, slice -> slice.at < now - retention.ofOpenings()),
        without(passed, at -> at < now - retention.window()),
        without(completed, at -> at < now - retention.window()),
        held);
  }

  /**
   * Takes in a step and passes on what CEP needs of it. A step that is remembered already changes
   * nothing.
   *
   * @param at the time at which it enters, in milliseconds since the epoch; a step that would enter
   *     before an earlier one enters with it
   * @param key what the pattern's steps have in common
   * @return the memory after the step
   */
  public PatternMemory take(
      Step step,
      long at,
      String key,
      StepPattern pattern,
      Retention retention,
      Consumer<PatternStep> out) {
    boolean opens = pattern.opens(step);
    boolean completes = pattern.completes(step);
    if (!opens && !completes) {
      return this;
    }
    PatternMemory current = at(at, key, pattern, retention, out);
    if ((opens && isAmong(current.openings, step))
        || (completes && isAmong(current.completions, step))) {
      return current;
    }
    Taking taking =
        new Taking(current, Math.max(at, current.latestEntered()), key, pattern, retention, out);
    boolean brought = completes && taking.completion(step);
    if (opens) {
      taking.opening(step, brought);
    }
    return taking.memory();
  }

  private long latestEntered() {
    long latest = passed.isEmpty() ? NEVER : passed.get(passed.size() - 1);
    if (!completed.isEmpty()) {
      latest = Math.max(latest, completed.get(completed.size() - 1));
    }
    for (Remembered opening : openings) {
      latest = Math.max(latest, opening.at);
    }
    for (Remembered completion : completions) {
      latest = Math.max(latest, completion.at);
    }
    return latest;
  }

  private static boolean isAmong(List<Remembered> remembered, Step step) {
    for (int i = remembered.size() - 1; i >= 0; i--) {
      Remembered known = remembered.get(i);
      if (known.time() < step.time()) {
        return false;
      }
      if (isSame(known.step, step)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Step a, Step b) {
    return a.time() == b.time() && a.identity().equals(b.identity());
  }

  /** The taking in of one step. */
  private static final class Taking {
    private final long at;
    private final String key;
    private final StepPattern pattern;
    private final Retention retention;
    private final Consumer<PatternStep> out;
    private final List<Remembered> openings;
    private final List<Remembered> completions;
    private final List<LeftOut> leftOut;
    private final List<Long> passed;
    private final List<Long> completed;
    private @Nullable Held held;

    Taking(
        PatternMemory before,
        long at,
        String key,
        StepPattern pattern,
        Retention retention,
        Consumer<PatternStep> out) {
      this.at = at;
      this.key = key;
      this.pattern = pattern;
      this.retention = retention;
      this.out = out;
      this.openings = new ArrayList<>(before.openings);
      this.completions = new ArrayList<>(before.completions);
      this.leftOut = new ArrayList<>(before.leftOut);
      this.passed = new ArrayList<>(before.passed);
      this.completed = new ArrayList<>(before.completed);
      this.held = before.held;
    }

    PatternMemory memory() {
      return new PatternMemory(openings, completions, leftOut, passed, completed, held);
    }

    /**
     * Takes in an opening.
     *
     * @param brought whether an alert has the step already, as a completion
     */
    void opening(Step opening, boolean brought) {
      insert(openings, Remembered.of(opening, at, brought, pattern.kind(opening)));
      boolean completes = false;
      for (int i = 0; i < completions.size(); i++) {
        Remembered completion = completions.get(i);
        // A step is not behind itself.
        if (!(brought && isSame(completion.step, opening))
            && retention.spans(opening.time(), completion.time())
            && complete(completion.step, completion.matched)) {
          completions.set(i, completion.asMatched());
          completes = true;
        }
      }
      if (!completes && mayPass()) {
        pass(List.of(opening));
        passed.add(at);
      }
      makeRoom(opening);
    }

    boolean completion(Step completion) {
      boolean matched = complete(completion, false);
      if (retention.ofCompletions() > 0) {
        insert(completions, Remembered.of(completion, at, matched, ""));
        while (completions.size() > COMPLETIONS_KEPT
            || (completions.size() > 1 && isTooLong(completions, completion))) {
          completions.remove(leastNeededCompletion());
        }
      }
      return matched;
    }

    /**
     * Passes on a completion if it has what it needs behind it.
     *
     * @param again whether it was passed on before, without the opening that has come late
     * @return whether it has
     */
    private boolean complete(Step completion, boolean again) {
      List<Step> behind = pattern.behind(completion, before(completion, opening -> true));
      if (behind == null) {
        return false;
      }
      Map<StepName, StepSample> brought = new HashMap<>();
      if (!again && !isBroughtAsOpening(completion)) {
        add(brought, completion.name(), StepSample.empty().plus(completion));
      }
      Set<Step> behindIt = identities(behind);
      for (int i = 0; i < openings.size(); i++) {
        Remembered opening = openings.get(i);
        if (!opening.matched && behindIt.contains(opening.step)) {
          add(brought, opening.step.name(), StepSample.empty().plus(opening.step));
          openings.set(i, opening.asMatched());
        }
      }
      addLeftOut(completion, behind, brought);
      if (brought.isEmpty()) {
        return true;
      }
      List<String> taken = takenBy(completion, behind);
      List<Stage> needed = stages(behind);
      if (held != null) {
        held = together(held, completion, needed, brought, taken);
      } else if (mayComplete()) {
        passCompletion(completion, needed, brought, taken);
      } else {
        long due = lastCompleted() + completedSlice();
        held = new Held(completion, needed, due, brought, taken);
      }
      return true;
    }

    /**
     * Whether an alert has a completion already, as an opening of another one that came before it;
     * from now on it has.
     */
    private boolean isBroughtAsOpening(Step completion) {
      for (int i = 0; i < openings.size(); i++) {
        Remembered opening = openings.get(i);
        if (isSame(opening.step, completion)) {
          openings.set(i, opening.asMatched());
          return opening.matched;
        }
      }
      return false;
    }

    private List<Stage> stages(List<Step> behind) {
      List<Stage> stages = new ArrayList<>();
      pattern.stages(behind).forEach(stage -> stages.add(new Stage(new ArrayList<>(stage))));
      return stages;
    }

    private List<Step> before(Step completion, Predicate<Remembered> which) {
      List<Step> before = new ArrayList<>();
      for (Remembered opening : openings) {
        if (retention.spans(opening.time(), completion.time()) && which.test(opening)) {
          before.add(opening.step);
        }
      }
      return before;
    }

    private static void add(Map<StepName, StepSample> samples, StepName name, StepSample sample) {
      samples.merge(name, sample, StepSample::plus);
    }

    private static Held together(
        Held held,
        Step completion,
        List<Stage> stages,
        Map<StepName, StepSample> brought,
        List<String> taken) {
      Map<StepName, StepSample> all = new HashMap<>(held.brought);
      brought.forEach((name, sample) -> add(all, name, sample));
      List<String> allTaken = new ArrayList<>(held.taken);
      taken.stream()
          .filter(path -> !allTaken.contains(path))
          .limit(PatternStep.TAKEN_LIMIT - (long) allTaken.size())
          .forEach(allTaken::add);
      return Step.ORDER.compare(held.last, completion) > 0
          ? new Held(held.last, held.stages, held.due, all, allTaken)
          : new Held(completion, stages, held.due, all, allTaken);
    }

    void passHeld() {
      if (held != null) {
        Held all = held;
        held = null;
        passCompletion(all.last, all.stages, all.brought, all.taken);
      }
    }

    private void passCompletion(
        Step completion,
        List<Stage> stages,
        Map<StepName, StepSample> brought,
        List<String> taken) {
      long since = Math.max(at - retention.window(), passedTogetherSince());
      boolean suffices =
          pattern.behind(completion, before(completion, opening -> opening.passedAt >= since))
              != null;
      if (!suffices) {
        stages.forEach(stage -> pass(stage.steps));
      }
      out.accept(
          new PatternStep(pattern.id(), key, at, true, completion, List.of(), brought, taken));
      completed.add(at);
    }

    /**
     * From when on openings were passed that CEP may put together. Those passed only for a
     * completion are one match's, and the last ones are enough to look at: where they do not
     * suffice, others are passed.
     */
    private long passedTogetherSince() {
      if (pattern.passedAhead() > 0) {
        return NEVER + 1;
      }
      long last = NEVER;
      for (Remembered opening : openings) {
        last = Math.max(last, opening.passedAt);
      }
      return last == NEVER ? Long.MAX_VALUE : last;
    }

    private long completedSlice() {
      return retention.window() / COMPLETED_PER_WINDOW;
    }

    private long lastCompleted() {
      return completed.get(completed.size() - 1);
    }

    private boolean mayComplete() {
      return completed.size() < COMPLETED_PER_WINDOW || at - lastCompleted() >= completedSlice();
    }

    private boolean mayPass() {
      int ahead = pattern.passedAhead();
      return ahead > 0
          && passed.size() < MOST_PASSED
          && (passed.size() < ahead
              || at - passed.get(passed.size() - 1) >= retention.window() / ahead);
    }

    private void pass(List<Step> stage) {
      Step last = stage.get(stage.size() - 1);
      out.accept(
          new PatternStep(
              pattern.id(),
              key,
              at,
              false,
              last,
              new ArrayList<>(stage.subList(0, stage.size() - 1)),
              Map.of(),
              List.of()));
      Set<Step> passedNow = identities(stage);
      openings.replaceAll(
          opening -> passedNow.contains(opening.step) ? opening.asPassed(at) : opening);
    }

    private static Set<Step> identities(List<Step> steps) {
      Set<Step> identities = Collections.newSetFromMap(new IdentityHashMap<>());
      identities.addAll(steps);
      return identities;
    }

    /** The first ones are what an alert will show, so room is made behind them. */
    private void makeRoom(Step added) {
      while (openings.size() > OPENINGS_KEPT
          || (openings.size() > 1 && isTooLong(openings, added))) {
        Remembered gone = openings.remove(leastNeeded());
        if (!gone.matched) {
          count(new LeftOut(gone.step.name(), gone.time(), gone.time(), gone.at, 1));
        }
      }
    }

    /**
     * What an alert has already, before what it has not, and of that what is not among the first. A
     * completion may yet need the newest of each kind, and what the pattern says.
     */
    private int leastNeeded() {
      int first = Math.min(StepSample.KEPT, openings.size() - 1);
      int also = pattern.alsoNeeded(openings);
      NewestOfKinds newest = new NewestOfKinds(openings);
      int behindFirst = -1;
      int any = -1;
      for (int i = 0; i < openings.size(); i++) {
        boolean matched = openings.get(i).matched;
        boolean wanted = matched || any < 0 || (behindFirst < 0 && i >= first);
        if (wanted && i != also && !newest.has(i)) {
          if (matched) {
            return i;
          }
          any = any < 0 ? i : any;
          behindFirst = behindFirst < 0 && i >= first ? i : behindFirst;
        }
      }
      if (behindFirst >= 0) {
        return behindFirst;
      }
      return any >= 0 ? any : 0;
    }

    /** Which openings are the newest of their kind; most often all are of that of the last one. */
    private static final class NewestOfKinds {
      private final List<Remembered> openings;
      private @Nullable Map<String, Integer> places;

      NewestOfKinds(List<Remembered> openings) {
        this.openings = openings;
      }

      boolean has(int index) {
        String kind = openings.get(index).kind;
        int last = openings.size() - 1;
        if (openings.get(last).kind.equals(kind)) {
          return index == last;
        }
        if (places == null) {
          places = new HashMap<>();
          for (int i = 0; i <= last; i++) {
            places.put(openings.get(i).kind, i);
          }
        }
        return places.getOrDefault(kind, index) == index;
      }
    }

    /** One that has its openings, or else the first. */
    private int leastNeededCompletion() {
      for (int i = 0; i < completions.size(); i++) {
        if (completions.get(i).matched) {
          return i;
        }
      }
      return 0;
    }

    private static boolean isTooLong(List<Remembered> steps, Step added) {
      return added.characters() > SHORT && characters(steps) > CHARACTERS_KEPT;
    }

    private static int characters(List<Remembered> steps) {
      int characters = 0;
      for (Remembered step : steps) {
        characters += step.characters;
      }
      return characters;
    }

    /** Counts one more opening in slices of time, so that their number is bounded too. */
    private void count(LeftOut one) {
      long slice = retention.window() / SLICES_PER_WINDOW;
      for (int i = leftOut.size() - 1;
          i >= 0 && i >= leftOut.size() - StepName.values().length;
          i--) {
        LeftOut last = leftOut.get(i);
        if (last.name == one.name && last.to - one.from <= slice && one.to - last.from <= slice) {
          leftOut.set(i, last.plus(one));
          return;
        }
      }
      leftOut.add(one);
      if (leftOut.size() > MOST_SLICES) {
        int same = 1;
        while (leftOut.get(same).name != leftOut.get(0).name) {
          same++;
        }
        leftOut.set(0, leftOut.get(0).plus(leftOut.remove(same)));
      }
    }

    private void addLeftOut(
        Step completion, List<Step> behindIt, Map<StepName, StepSample> brought) {
      leftOut.removeIf(
          slice -> {
            boolean behind =
                slice.from <= completion.time()
                    && slice.to >= completion.time() - retention.window()
                    && pattern.isBehind(slice.name, slice.from, slice.to, behindIt);
            if (behind) {
              brought.put(
                  slice.name,
                  brought.getOrDefault(slice.name, StepSample.empty()).plusLeftOut(slice.count));
            }
            return behind;
          });
    }

    /** The paths of the archives behind a copy that it names. */
    private static List<String> takenBy(Step completion, List<Step> behind) {
      CopyCommand command = completion.detection().copy();
      List<String> taken = new ArrayList<>();
      if (command == null) {
        return taken;
      }
      for (Step opening : behind) {
        String path = opening.detection().event().targetFilename();
        if (opening.name() == StepName.ARCHIVE
            && path != null
            && taken.size() < PatternStep.TAKEN_LIMIT
            && command.names(path)
            && !taken.contains(path)) {
          taken.add(path);
        }
      }
      return taken;
    }

    private static void insert(List<Remembered> ordered, Remembered added) {
      int index = ordered.size();
      while (index > 0 && Remembered.ORDER.compare(ordered.get(index - 1), added) > 0) {
        index--;
      }
      ordered.add(index, added);
    }
  }

  /** The list without what is gone, which is looked for when the first one is. */
  private static <T> List<T> without(List<T> list, Predicate<T> gone) {
    return list.isEmpty() || !gone.test(list.get(0))
        ? list
        : new ArrayList<>(list.stream().filter(gone.negate()).toList());
  }
}
