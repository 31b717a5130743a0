package io.stagehound.host;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.step.Step;
import io.stagehound.step.StepSample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is remembered of one host while a pattern may still complete on it: its archives of the last
 * window, in bounded space, and which of them the patterns have been given. Steps go in by {@link
 * Step#ORDER} and come out as the {@link HostStep}s that the patterns need.
 *
 * <p>An archive is passed on as it comes, but a flood of them is thinned, since each one that CEP
 * holds is visited again at every step: of more than {@value #PASSED_PER_WINDOW} in one window, at
 * most one in each further {@code window /} {@value #PASSED_PER_WINDOW} is passed. Where that would
 * leave a copy without the archive it needs, the latest archive is passed on right before the copy.
 * So a copy completes a pattern exactly when it would have done with every archive passed on.
 *
 * <p>Immutable; the empty memory is that of a host without open archives.
 *
 * @param archives archives of the last window, oldest first, at most {@value #ARCHIVES_KEPT}
 * @param recalled how many of them, from the first on, an earlier copy had behind it
 * @param leftOut archives that no copy had behind it and that {@code archives} has no room for
 * @param passed times of the archives that the patterns hold, oldest first, in milliseconds
 */
public record HostMemory(
    List<Step> archives, int recalled, List<LeftOut> leftOut, List<Long> passed) {

  /** How many archives are kept with all that is known of them. */
  public static final int ARCHIVES_KEPT = 256;

  /** How many archives of one window are passed on before thinning begins. */
  public static final int PASSED_PER_WINDOW = 16;

  private static final int SLICES_PER_WINDOW = 256;

  /**
   * Archives that are only counted.
   *
   * @param from time of the first, in milliseconds since the epoch
   * @param to time of the last
   * @param count how many
   */
  public record LeftOut(long from, long to, long count) {}

  /** The memory of a host that has no open archive. */
  public static HostMemory empty() {
    return new HostMemory(List.of(), 0, List.of(), List.of());
  }

  /** Whether nothing is remembered, so that nothing need be stored. */
  public boolean isEmpty() {
    return archives.isEmpty() && leftOut.isEmpty() && passed.isEmpty();
  }

  /** The time of the latest thing remembered; {@code Long.MIN_VALUE} when empty. */
  public long latest() {
    return archives.isEmpty() ? Long.MIN_VALUE : archives.get(archives.size() - 1).time();
  }

  /** This memory without what is older than {@code oldest}, in milliseconds since the epoch. */
  public HostMemory forgetBefore(long oldest) {
    int expired = 0;
    while (expired < archives.size() && archives.get(expired).time() < oldest) {
      expired++;
    }
    int stale = 0;
    while (stale < passed.size() && passed.get(stale) < oldest) {
      stale++;
    }
    int gone = 0;
    while (gone < leftOut.size() && leftOut.get(gone).to() < oldest) {
      gone++;
    }
    if (expired == 0 && stale == 0 && gone == 0) {
      return this;
    }
    return new HostMemory(
        tail(archives, expired),
        Math.max(0, recalled - expired),
        tail(leftOut, gone),
        tail(passed, stale));
  }

  /**
   * Takes in the next step and passes on what the patterns need of it.
   *
   * @param window the window of the patterns, in milliseconds
   * @return the memory after the step
   */
  public HostMemory take(Step step, String host, long window, Consumer<HostStep> patterns) {
    HostMemory current = forgetBefore(step.time() - window);
    return switch (step.name()) {
      case ARCHIVE -> current.takeArchive(step, host, window, patterns);
      case COPY -> current.takeCopy(step, host, patterns);
    };
  }

  private HostMemory takeArchive(
      Step archive, String host, long window, Consumer<HostStep> patterns) {
    HostMemory kept = keep(archive, window);
    long sinceLastPassed =
        passed.isEmpty() ? Long.MAX_VALUE : archive.time() - passed.get(passed.size() - 1);
    boolean pass =
        passed.size() < PASSED_PER_WINDOW || sinceLastPassed >= window / PASSED_PER_WINDOW;
    return pass ? kept.pass(archive, archive.time(), host, patterns) : kept;
  }

  private HostMemory takeCopy(Step copy, String host, Consumer<HostStep> patterns) {
    HostMemory memory = this;
    if (passed.isEmpty() && !archives.isEmpty()) {
      Step latest = archives.get(archives.size() - 1);
      memory = pass(latest, copy.time(), host, patterns);
    }
    patterns.accept(
        new HostStep(host, copy.time(), copy, memory.archivesNotRecalled(), takenBy(copy)));
    return new HostMemory(memory.archives, memory.archives.size(), List.of(), memory.passed);
  }

  private HostMemory pass(Step archive, long at, String host, Consumer<HostStep> patterns) {
    patterns.accept(new HostStep(host, at, archive, StepSample.empty(), List.of()));
    return new HostMemory(archives, recalled, leftOut, plus(passed, archive.time()));
  }

  private HostMemory keep(Step archive, long window) {
    List<Step> kept = plus(archives, archive);
    if (kept.size() <= ARCHIVES_KEPT) {
      return new HostMemory(kept, recalled, leftOut, passed);
    }
    if (recalled > 0) {
      kept.remove(0);
      return new HostMemory(kept, recalled - 1, leftOut, passed);
    }
    // The first ones are what an alert will show: make room behind them.
    long time = kept.remove(StepSample.KEPT).time();
    return new HostMemory(kept, 0, count(time, window / SLICES_PER_WINDOW), passed);
  }

  /** Counts one more archive in slices of time, so that their number is bounded too. */
  private List<LeftOut> count(long time, long sliceLength) {
    if (leftOut.isEmpty() || time - leftOut.get(leftOut.size() - 1).from() > sliceLength) {
      return plus(leftOut, new LeftOut(time, time, 1));
    }
    List<LeftOut> counted = new ArrayList<>(leftOut);
    LeftOut slice = counted.remove(counted.size() - 1);
    counted.add(new LeftOut(slice.from(), time, slice.count() + 1));
    return counted;
  }

  private StepSample archivesNotRecalled() {
    StepSample sample = StepSample.empty();
    for (Step archive : archives.subList(recalled, archives.size())) {
      sample = sample.plus(archive);
    }
    return sample.plusLeftOut(leftOut.stream().mapToLong(LeftOut::count).sum());
  }

  private List<String> takenBy(Step copy) {
    List<String> taken = new ArrayList<>();
    CopyCommand command = copy.detection().copy();
    for (Step archive : archives) {
      String path = archive.detection().event().targetFilename();
      if (command != null
          && path != null
          && taken.size() < HostStep.TAKEN_LIMIT
          && command.names(path)
          && !taken.contains(path)) {
        taken.add(path);
      }
    }
    return taken;
  }

  private static <T> List<T> plus(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(element);
    return longer;
  }

  private static <T> List<T> tail(List<T> list, int from) {
    return from == 0 ? list : new ArrayList<>(list.subList(from, list.size()));
  }
}
