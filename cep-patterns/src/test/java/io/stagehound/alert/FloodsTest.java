package io.stagehound.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stagehound.Steps;
import io.stagehound.commandline.Allocation;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.CentralStagingPush;
import io.stagehound.pattern.Match;
import io.stagehound.pattern.PatternMemory;
import io.stagehound.pattern.PatternMemory.Remembered;
import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.PullArchivePush;
import io.stagehound.pattern.Retention;
import io.stagehound.pattern.StepPattern;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * What busy and hostile hosts cost: bounded room, and at each step no more than at the ones before.
 */
class FloodsTest {

  private static final Duration WINDOW = Duration.ofMinutes(100);
  private static final long MILLIS = WINDOW.toMillis();
  private static final Retention SORTED = Retention.ofSorted(WINDOW);
  private static final Retention LIVE = Retention.of(WINDOW, Duration.ofDays(7));
  private static final int FLOOD = 100_000;
  private static final StepPattern CORE = new ArchiveThenUncCopy(WINDOW);

  private final List<PatternStep> passedOn = new ArrayList<>();
  private PatternMemory memory = PatternMemory.empty();

  private void take(StepPattern pattern, Retention retention, Step step) {
    memory = memory.take(step, step.time(), "fs01\\drop", pattern, retention, passedOn::add);
  }

  /** Takes in the flood; a thousand steps in its middle and at its end must cost the same. */
  private void flood(StepPattern pattern, Retention retention, LongFunction<Step> steps) {
    long middle = 0;
    long end = 0;
    for (int from = 0; from < FLOOD; from += 1_000) {
      int first = from;
      long allocated =
          Allocation.of(
              () -> {
                for (int i = first; i < first + 1_000; i++) {
                  take(pattern, retention, steps.apply(i));
                }
              });
      middle = from == FLOOD / 4 ? allocated : middle;
      end = allocated;
    }
    assertThat(end).as("bytes for a thousand steps").isLessThan(middle * 3 / 2);
  }

  private long brought(StepName name) {
    return passedOn.stream()
        .mapToLong(step -> step.brought().getOrDefault(name, StepSample.empty()).count())
        .sum();
  }

  private long completions() {
    return passedOn.stream().filter(PatternStep::completing).count();
  }

  @Test
  void archivesWithoutACopyAreCountedAndTheFirstAndLastAreKept() {
    flood(CORE, LIVE, i -> Steps.archive(i, "h", "C:\\Temp\\" + i + ".zip"));
    assertThat(completions()).isZero();
    assertThat(passedOn).hasSizeLessThanOrEqualTo(2 * CORE.passedAhead());
    take(CORE, LIVE, Steps.copy(FLOOD, "h", "C:\\x"));
    assertThat(brought(StepName.ARCHIVE)).isEqualTo(FLOOD);
    assertThat(memory.leftOut()).isEmpty();
    assertThat(memory.openings()).hasSize(PatternMemory.OPENINGS_KEPT);
  }

  @Test
  void copiesAreAllCountedAndFewArePassedOn() {
    take(CORE, LIVE, Steps.archive(0, "h", "C:\\Temp\\a.zip"));
    flood(CORE, LIVE, i -> Steps.copy(i * MILLIS / FLOOD, "h", "C:\\" + i));
    memory = memory.at(2 * MILLIS, "fs01\\drop", CORE, LIVE, passedOn::add);
    assertThat(brought(StepName.COPY)).isEqualTo(FLOOD);
    assertThat(brought(StepName.ARCHIVE)).isEqualTo(1);
    assertThat(completions()).isLessThanOrEqualTo(2 * PatternMemory.COMPLETED_PER_WINDOW + 1);
    assertThat(memory.completions()).hasSize(PatternMemory.COMPLETIONS_KEPT);
    assertThat(memory.held()).isNull();
  }

  @Test
  void hostsThatPushToOneShareAreCountedInOneAlert() {
    StepPattern pattern = new CentralStagingPush(WINDOW);
    flood(pattern, SORTED, i -> Steps.copyTo(i, "ws" + i, "fs01", "C:\\a.zip"));
    memory = memory.at(2 * MILLIS, "fs01\\drop", pattern, SORTED, passedOn::add);
    assertThat(brought(StepName.COPY)).isEqualTo(FLOOD);
    assertThat(memory.openings()).hasSizeLessThanOrEqualTo(PatternMemory.OPENINGS_KEPT);

    List<Alert> alerts = new ArrayList<>();
    Incidents incidents = Incidents.none();
    Publication last = Publication.ofLastState();
    for (PatternStep step : passedOn) {
      if (step.completing()) {
        incidents = incidents.take(new Match(step), 0, SORTED, last, alerts::add);
      }
    }
    incidents = incidents.at(4 * MILLIS, 0, SORTED, last, alerts::add);
    assertThat(incidents.isEmpty()).isTrue();
    assertThat(alerts).hasSize(1);
    Alert alert = alerts.get(0);
    assertThat(alert.stepCounts()).containsEntry("copy", (long) FLOOD);
    assertThat(alert.hostCount()).isBetween(FLOOD * 85L / 100, FLOOD * 115L / 100);
    assertThat(alert.steps()).hasSizeLessThanOrEqualTo(2 * StepSample.KEPT);
    assertThat(alert.hosts()).hasSizeLessThanOrEqualTo(20);
    assertThat(alert.explanation()).hasSizeLessThan(2_000);
  }

  @Test
  void oneHostThatPushesAllDayDoesNotCrowdOutTheOthers() {
    StepPattern pattern = new CentralStagingPush(WINDOW);
    take(pattern, SORTED, Steps.copyTo(0, "a", "fs01", "C:\\a.zip"));
    flood(pattern, SORTED, i -> Steps.copyTo(i + 1, "b", "fs01", "C:\\" + i));
    assertThat(completions()).isZero();
    take(pattern, SORTED, Steps.copyTo(FLOOD + 1, "c", "fs01", "C:\\c.zip"));
    assertThat(completions()).isEqualTo(1);
    assertThat(brought(StepName.COPY)).isEqualTo(FLOOD + 2);
  }

  @Test
  void archivesBeforeThePullAreNotCountedBehindIt() {
    StepPattern pattern = new PullArchivePush(WINDOW);
    flood(pattern, SORTED, i -> Steps.archive(i, "h", "C:\\Temp\\" + i + ".zip"));
    long later = FLOOD + MILLIS / 100;
    take(pattern, SORTED, Steps.pull(later, "h", "fs02"));
    take(pattern, SORTED, Steps.archive(later + 1, "h", "C:\\Temp\\a.zip"));
    take(pattern, SORTED, Steps.copy(later + 2, "h", "C:\\Temp\\a.zip"));
    assertThat(completions()).isEqualTo(1);
    assertThat(brought(StepName.ARCHIVE)).isEqualTo(1);
    assertThat(brought(StepName.PULL)).isEqualTo(1);
  }

  @Test
  void whatIsHeldBackIsCompletedAlsoWhenItsOpeningsHadToMakeRoom() {
    StepPattern pattern = new PullArchivePush(WINDOW);
    take(pattern, SORTED, Steps.pull(0, "h", "fs02"));
    take(pattern, SORTED, Steps.archive(1, "h", "C:\\Temp\\a.zip"));
    for (int i = 0; i <= PatternMemory.COMPLETED_PER_WINDOW; i++) {
      take(pattern, SORTED, Steps.copy(10 + i, "h", "C:\\" + i));
    }
    assertThat(memory.held()).isNotNull();
    for (int i = 0; i < 2 * PatternMemory.OPENINGS_KEPT; i++) {
      take(pattern, SORTED, Steps.archive(100 + i, "h", "C:\\Temp\\" + i + ".zip"));
    }
    passedOn.clear();
    memory = memory.at(MILLIS, "fs01\\drop", pattern, SORTED, passedOn::add);
    assertThat(passedOn)
        .extracting(step -> step.step().name(), PatternStep::completing)
        .as("with all that CEP needs to complete it")
        .containsExactly(
            tuple(StepName.PULL, false),
            tuple(StepName.ARCHIVE, false),
            tuple(StepName.COPY, true));
  }

  @Test
  void longTextsTakeNoMoreRoomThanManyShortOnes() {
    String text = "x".repeat(1 << 20);
    for (int i = 0; i < 2_000; i++) {
      // The short ones first: each long one must make more room than one of them leaves.
      String name = i < 200 ? "x" : text;
      take(CORE, LIVE, cut(Steps.archiveBy(2L * i, "h", name, "C:\\Temp\\" + name + ".zip")));
      take(CORE, LIVE, cut(Steps.copy(2L * i + 1, "h", "C:\\" + name)));
      assertThat(characters(memory.openings())).isLessThanOrEqualTo(PatternMemory.CHARACTERS_KEPT);
      assertThat(characters(memory.completions()))
          .isLessThanOrEqualTo(PatternMemory.CHARACTERS_KEPT);
    }
    memory = memory.at(2 * MILLIS, "fs01\\drop", CORE, LIVE, passedOn::add);
    assertThat(brought(StepName.COPY)).isEqualTo(2_000);
    assertThat(brought(StepName.ARCHIVE)).isEqualTo(2_000);
  }

  private static Step cut(Step step) {
    return new Step(
        step.name(), step.detection().cutTo(Step.TEXT_LIMIT), Arrival.ON_TIME, step.process());
  }

  private static int characters(List<Remembered> steps) {
    return steps.stream().mapToInt(step -> step.step().characters()).sum();
  }
}
