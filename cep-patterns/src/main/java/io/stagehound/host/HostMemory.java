package io.stagehound.host;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one host while a pattern may still complete on it: its archives and late
 * copies, in bounded space, and what the patterns have been given of them. Steps go in, each with
 * the time at which it enters, and come out as the {@link HostStep}s that the patterns need.
 *
 * <p>Steps should come by {@link Step#ORDER}. One that does not, since it was late, finds what it
 * belongs to all the same: a late copy the archives before it, a late archive the copies after it.
 * What counts between steps are their own times; what is forgotten when, and what CEP can still
 * hold, goes by the times at which they entered.
 *
 * <p>An archive is passed on as it comes, but a flood of them is thinned, since each one that CEP
 * holds is visited again at every step: of more than {@value #PASSED_PER_WINDOW} in one window, at
 * most one in each further {@code window /} {@value #PASSED_PER_WINDOW} is passed. Where that would
 * leave a copy without the archive it needs, the latest fitting archive is passed on right before
 * the copy. So a copy completes a pattern exactly when it would have done with every archive passed
 * on. A copy without an archive behind it is not passed on at all: a file server's backup makes any
 * number of them.
 *
 * <p>Of more than {@value #ARCHIVES_KEPT} archives that no copy had behind it yet, those in the
 * middle are only counted; a copy that names one of them is not linked to it, and where some of
 * them have left the window and some have not, their count is true to a {@value
 * #SLICES_PER_WINDOW}th of the window.
 *
 * <p>Immutable; the empty memory is that of a host without open steps.
 *
 * @param archives archives by {@link Step#ORDER}, at most {@value #ARCHIVES_KEPT}
 * @param copies copies by {@link Step#ORDER}, at most {@value #COPIES_KEPT}; none where no step can
 *     be late
 * @param leftOut archives that no copy had behind it and that {@code archives} has no room for
 * @param passed the archives that CEP holds, by the time at which they entered
 */
public record HostMemory(
    List<Remembered> archives,
    List<Remembered> copies,
    List<LeftOut> leftOut,
    List<Passed> passed) {

  /** How many archives are kept with all that is known of them. */
  public static final int ARCHIVES_KEPT = 256;

  /** How many copies are kept for archives that come late. */
  public static final int COPIES_KEPT = 64;

  /** How many archives of one window are passed on before thinning begins. */
  public static final int PASSED_PER_WINDOW = 16;

  /**
   * How many archives CEP may hold of one host. Only a host whose clock jumps about comes so far;
   * an archive more then completes nothing.
   */
  public static final int MOST_PASSED = 256;

  private static final int SLICES_PER_WINDOW = 256;

  /** Out of order, slices may overlap; the oldest are then put together. */
  private static final int MOST_SLICES = SLICES_PER_WINDOW + 44;

  /**
   * A step that is remembered.
   *
   * @param step the step
   * @param at when it entered, in milliseconds since the epoch
   * @param matched for an archive, whether a copy had it behind it; for a copy, whether it had an
   *     archive behind it
   */
  public record Remembered(Step step, long at, boolean matched) {
    private static final Comparator<Remembered> ORDER =
        Comparator.comparing(Remembered::step, Step.ORDER);

    /** What can go first: a copy that has its archive, then the one that came first. */
    private static final Comparator<Remembered> LEAST_NEEDED =
        Comparator.comparing((Remembered copy) -> !copy.matched).thenComparing(Remembered::at);

    long time() {
      return step.time();
    }

    Remembered asMatched() {
      return matched ? this : new Remembered(step, at, true);
    }
  }

  /**
   * Archives that are only counted.
   *
   * @param from time of the first, in milliseconds since the epoch
   * @param to time of the last
   * @param at when the last one entered
   * @param count how many
   */
  public record LeftOut(long from, long to, long at, long count) {
    LeftOut plus(LeftOut other) {
      return new LeftOut(
          Math.min(from, other.from),
          Math.max(to, other.to),
          Math.max(at, other.at),
          count + other.count);
    }
  }

  /**
   * An archive that CEP holds.
   *
   * @param time its own time, in milliseconds since the epoch
   * @param at when it entered
   */
  public record Passed(long time, long at) {}

  /** The memory of a host that has no open step. */
  public static HostMemory empty() {
    return new HostMemory(List.of(), List.of(), List.of(), List.of());
  }

  /** Whether nothing is remembered, so that nothing need be stored. */
  public boolean isEmpty() {
    return archives.isEmpty() && copies.isEmpty() && leftOut.isEmpty() && passed.isEmpty();
  }

  /**
   * From when on everything that is now remembered will be forgotten, in milliseconds since the
   * epoch; {@code Long.MIN_VALUE} when empty.
   */
  public long expiry(Retention retention) {
    long expiry = Long.MIN_VALUE;
    for (Remembered archive : archives) {
      expiry = Math.max(expiry, archive.at + retention.ofArchives() + 1);
    }
    for (Remembered copy : copies) {
      expiry = Math.max(expiry, copy.at + retention.ofCopies() + 1);
    }
    return expiry;
  }

  /** When something that is now remembered is forgotten next; {@code Long.MIN_VALUE} when empty. */
  public long nextForgetting(Retention retention) {
    return passed.isEmpty() ? expiry(retention) : passed.get(0).at + retention.window() + 1;
  }

  /** This memory without what need not be remembered at this time any more. */
  public HostMemory at(long now, Retention retention) {
    return new HostMemory(
        without(archives, archive -> archive.at < now - retention.ofArchives()),
        without(copies, copy -> copy.at <= now - retention.ofCopies()),
        without(leftOut, slice -> slice.at < now - retention.ofArchives()),
        without(passed, held -> held.at < now - retention.window()));
  }

  /**
   * Takes in a step and passes on what the patterns need of it. A step that is remembered already
   * changes nothing.
   *
   * @param at the time at which it enters, in milliseconds since the epoch; a step that would enter
   *     before an earlier one enters with it
   * @param host the host's key
   * @return the memory after the step
   */
  public HostMemory take(
      Step step, long at, String host, Retention retention, Consumer<HostStep> patterns) {
    HostMemory current = at(at, retention);
    long entering = Math.max(at, current.latestEntered());
    if (isAmong(step.name() == StepName.ARCHIVE ? current.archives : current.copies, step)) {
      return current;
    }
    Taking taking = new Taking(current, entering, host, retention, patterns);
    switch (step.name()) {
      case ARCHIVE -> taking.archive(step);
      case COPY -> taking.copy(step);
    }
    return taking.memory();
  }

  private long latestEntered() {
    long latest = passed.isEmpty() ? Long.MIN_VALUE : passed.get(passed.size() - 1).at;
    for (Remembered archive : archives) {
      latest = Math.max(latest, archive.at);
    }
    for (Remembered copy : copies) {
      latest = Math.max(latest, copy.at);
    }
    return latest;
  }

  private static boolean isAmong(List<Remembered> remembered, Step step) {
    return remembered.stream()
        .anyMatch(
            known -> known.time() == step.time() && known.step.identity().equals(step.identity()));
  }

  /** The taking in of one step. */
  private static final class Taking {
    private final long at;
    private final String host;
    private final Retention retention;
    private final Consumer<HostStep> patterns;
    private final List<Remembered> archives;
    private final List<Remembered> copies;
    private final List<LeftOut> leftOut;
    private final List<Passed> passed;

    Taking(
        HostMemory before, long at, String host, Retention retention, Consumer<HostStep> patterns) {
      this.at = at;
      this.host = host;
      this.retention = retention;
      this.patterns = patterns;
      this.archives = new ArrayList<>(before.archives);
      this.copies = new ArrayList<>(before.copies);
      this.leftOut = new ArrayList<>(before.leftOut);
      this.passed = new ArrayList<>(before.passed);
    }

    HostMemory memory() {
      return new HostMemory(archives, copies, leftOut, passed);
    }

    void archive(Step archive) {
      List<Integer> completed = copiesAfter(archive);
      if (!completed.isEmpty() || mayPass()) {
        pass(archive);
      }
      StepSample behind = StepSample.empty().plus(archive);
      for (int index : completed) {
        Remembered copy = copies.get(index);
        copies.set(index, copy.asMatched());
        patterns.accept(
            new HostStep(host, at, copy.step, behind, takenBy(copy.step, archive), copy.matched));
        behind = StepSample.empty();
      }
      keep(new Remembered(archive, at, !completed.isEmpty()));
    }

    void copy(Step copy) {
      int latest = -1;
      StepSample behind = StepSample.empty();
      for (int index = 0; index < archives.size(); index++) {
        Remembered archive = archives.get(index);
        if (retention.spans(archive.time(), copy.time())) {
          latest = index;
          behind = archive.matched ? behind : behind.plus(archive.step);
        }
      }
      if (latest >= 0) {
        if (passed.stream().noneMatch(held -> spans(held, copy))) {
          pass(archives.get(latest).step);
        }
        StepSample all = behind.plusLeftOut(leftOutBehind(copy));
        patterns.accept(new HostStep(host, at, copy, all, takenBy(copy, null), false));
      }
      archives.replaceAll(
          archive -> retention.spans(archive.time(), copy.time()) ? archive.asMatched() : archive);
      if (retention.ofCopies() > 0) {
        insert(copies, new Remembered(copy, at, latest >= 0));
        if (copies.size() > COPIES_KEPT) {
          copies.remove(Collections.min(copies, Remembered.LEAST_NEEDED));
        }
      }
    }

    /** Where among the copies those are that a late archive is behind. */
    private List<Integer> copiesAfter(Step archive) {
      List<Integer> after = new ArrayList<>();
      for (int index = 0; index < copies.size(); index++) {
        if (retention.spans(archive.time(), copies.get(index).time())) {
          after.add(index);
        }
      }
      return after;
    }

    private boolean mayPass() {
      return passed.size() < PASSED_PER_WINDOW
          || at - passed.get(passed.size() - 1).at >= retention.window() / PASSED_PER_WINDOW;
    }

    private boolean spans(Passed held, Step copy) {
      return retention.spans(held.time, copy.time());
    }

    private void pass(Step archive) {
      if (passed.size() == MOST_PASSED) {
        return;
      }
      patterns.accept(new HostStep(host, at, archive, StepSample.empty(), List.of(), false));
      passed.add(new Passed(archive.time(), at));
    }

    private void keep(Remembered archive) {
      insert(archives, archive);
      if (archives.size() <= ARCHIVES_KEPT) {
        return;
      }
      for (int index = 0; index < archives.size(); index++) {
        if (archives.get(index).matched) {
          archives.remove(index);
          return;
        }
      }
      // The first ones are what an alert will show: make room behind them.
      Remembered gone = archives.remove(StepSample.KEPT);
      count(new LeftOut(gone.time(), gone.time(), gone.at, 1));
    }

    /** Counts one more archive in slices of time, so that their number is bounded too. */
    private void count(LeftOut one) {
      LeftOut last = leftOut.isEmpty() ? null : leftOut.get(leftOut.size() - 1);
      long slice = retention.window() / SLICES_PER_WINDOW;
      if (last != null && last.to - one.from <= slice && one.to - last.from <= slice) {
        leftOut.set(leftOut.size() - 1, last.plus(one));
        return;
      }
      leftOut.add(one);
      if (leftOut.size() > MOST_SLICES) {
        leftOut.set(0, leftOut.get(0).plus(leftOut.remove(1)));
      }
    }

    private long leftOutBehind(Step copy) {
      long count = 0;
      List<LeftOut> remaining = new ArrayList<>();
      for (LeftOut slice : leftOut) {
        if (slice.from <= copy.time() && slice.to >= copy.time() - retention.window()) {
          count += slice.count;
        } else {
          remaining.add(slice);
        }
      }
      leftOut.clear();
      leftOut.addAll(remaining);
      return count;
    }

    /** The paths of the archives behind a copy that it names. */
    private List<String> takenBy(Step copy, @Nullable Step alsoBehind) {
      List<String> taken = new ArrayList<>();
      for (Remembered archive : archives) {
        if (retention.spans(archive.time(), copy.time())) {
          addTaken(copy, archive.step, taken);
        }
      }
      if (alsoBehind != null) {
        addTaken(copy, alsoBehind, taken);
      }
      return taken;
    }

    private static void addTaken(Step copy, Step archive, List<String> taken) {
      CopyCommand command = copy.detection().copy();
      String path = archive.detection().event().targetFilename();
      if (command != null
          && path != null
          && taken.size() < HostStep.TAKEN_LIMIT
          && command.names(path)
          && !taken.contains(path)) {
        taken.add(path);
      }
    }

    private static void insert(List<Remembered> ordered, Remembered added) {
      int index = ordered.size();
      while (index > 0 && Remembered.ORDER.compare(ordered.get(index - 1), added) > 0) {
        index--;
      }
      ordered.add(index, added);
    }
  }

  private static <T> List<T> without(List<T> list, Predicate<T> gone) {
    return list.stream().anyMatch(gone)
        ? new ArrayList<>(list.stream().filter(gone.negate()).toList())
        : list;
  }
}
