package io.stagehound.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternMemoryTest {

  private static final long WINDOW = 1_000;
  private static final Retention SORTED = Retention.ofSorted(Duration.ofMillis(WINDOW));

  private static final StepPattern PATTERN = new ArchiveThenUncCopy(Duration.ofMillis(WINDOW));

  private final List<PatternStep> passedOn = new ArrayList<>();
  private PatternMemory memory = PatternMemory.empty();

  private void take(Step step) {
    memory = memory.take(step, step.time(), "h", PATTERN, SORTED, passedOn::add);
  }

  private void archive(long time) {
    take(Steps.archive(time, "h", "C:\\Temp\\" + time + ".zip"));
  }

  @Test
  void aCopyWithoutAnArchiveIsNotPassedOn() {
    take(Steps.copy(1, "h", "C:\\x"));
    archive(2);
    take(Steps.copy(2 + WINDOW + 1, "h", "C:\\x"));
    assertThat(passedOn).extracting(s -> s.step().name()).containsExactly(StepName.ARCHIVE);
  }

  private static StepSample archives(PatternStep copy) {
    return copy.brought().getOrDefault(StepName.ARCHIVE, StepSample.empty());
  }

  private PatternStep copy(long time, String... sources) {
    take(Steps.copy(time, "h", sources));
    PatternStep copy = passedOn.get(passedOn.size() - 1);
    assertThat(copy.step().name()).isEqualTo(StepName.COPY);
    return copy;
  }

  @Test
  void aCopyRecallsTheArchivesOfItsWindowThatNoEarlierCopyHad() {
    archive(0);
    archive(500);
    archive(600);
    assertThat(archives(copy(1_001)).count()).as("the first has expired").isEqualTo(2);
    archive(1_100);
    assertThat(archives(copy(1_200)).first())
        .extracting(Step::time)
        .as("only what is new")
        .containsExactly(1_100L);
    assertThat(archives(copy(1_300))).isEqualTo(StepSample.empty());
  }

  @Test
  void anArchiveAtTheEndOfTheWindowIsRecalled() {
    archive(0);
    assertThat(archives(copy(WINDOW)).count()).isEqualTo(1);
  }

  @Test
  void aCopyKnowsWhichArchivesItNamesAlsoThoseRecalledBefore() {
    archive(1);
    archive(2);
    copy(3, "C:\\other.txt");
    assertThat(copy(4, "C:\\Temp\\2.zip").taken()).containsExactly("C:\\Temp\\2.zip");
    assertThat(copy(1_002, "C:\\Temp\\1.zip").taken()).as("expired").isEmpty();
  }

  @Test
  void stepsArePassedOnAsTheyCome() {
    archive(1);
    archive(2);
    copy(3);
    assertThat(passedOn).extracting(PatternStep::at).containsExactly(1L, 2L, 3L);
  }

  @Test
  void ofAFloodFewArchivesArePassedOnAndAllAreCounted() {
    long flood = 100_000;
    for (long i = 0; i < flood; i++) {
      take(Steps.archive(i / 200, "h", "C:\\Temp\\" + i + ".zip"));
    }
    assertThat(passedOn).hasSizeLessThanOrEqualTo(2 * PATTERN.passedAhead());
    assertThat(memory.openings()).hasSize(PatternMemory.OPENINGS_KEPT);
    assertThat(memory.leftOut()).hasSizeLessThan(300);
    StepSample recalled = archives(copy(WINDOW));
    assertThat(recalled.count()).isEqualTo(flood);
    assertThat(recalled.first()).extracting(Step::time).containsOnly(0L);
    assertThat(recalled.last()).extracting(Step::time).containsOnly(499L);
  }

  @Test
  void aFloodEndsWithTheWindow() {
    for (long i = 0; i < 1_000; i++) {
      archive(i);
    }
    copy(1_000);
    assertThat(memory.leftOut()).isEmpty();
    memory = memory.at(2 * WINDOW + 1, "h", PATTERN, SORTED, passedOn::add);
    assertThat(memory.isEmpty()).isTrue();
    assertThat(memory).isEqualTo(PatternMemory.empty());
  }

  @Test
  void aCopyAlwaysFindsAnArchivePassedOnWhenOneIsInItsWindow() {
    for (long i = 0; i < 40; i++) {
      archive(i);
    }
    archive(41);
    assertThat(passedOn.get(passedOn.size() - 1).step().time()).as("held back").isLessThan(41);
    copy(41 + WINDOW);
    PatternStep archive = passedOn.get(passedOn.size() - 2);
    assertThat(archive.step().time()).isEqualTo(41);
    assertThat(archive.at()).as("passed on with the copy").isEqualTo(41 + WINDOW);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void recallsWhatABruteForceSearchFinds(long seed) {
    Random random = new Random(seed);
    List<Step> archives = new ArrayList<>();
    long time = 0;
    long lastCopy = -1;
    for (int i = 0; i < 2_000; i++) {
      // Bursts and gaps, so that archives expire before, at and after copies.
      time += random.nextInt(4) == 0 ? random.nextInt(900) : random.nextInt(20);
      if (random.nextInt(5) > 0) {
        Step archive = Steps.archive(time, "h", "C:\\Temp\\" + i + ".zip");
        archives.add(archive);
        take(archive);
        continue;
      }
      long copyTime = time + 1;
      long previousCopy = lastCopy;
      boolean any = archives.stream().anyMatch(a -> a.time() >= copyTime - WINDOW);
      if (!any) {
        int before = passedOn.size();
        take(Steps.copy(copyTime, "h"));
        assertThat(passedOn).as("nothing to complete").hasSize(before);
        time = copyTime + 1;
        continue;
      }
      PatternStep copy = copy(copyTime);
      List<Step> expected =
          archives.stream()
              .filter(a -> a.time() >= copyTime - WINDOW && a.time() > previousCopy)
              .toList();
      assertThat(archives(copy).count()).isEqualTo(expected.size());
      assertThat(archives(copy).first())
          .isEqualTo(expected.subList(0, Math.min(StepSample.KEPT, expected.size())));
      boolean anyInWindow = archives.stream().anyMatch(a -> a.time() >= copyTime - WINDOW);
      boolean anyPassedOn =
          passedOn.stream()
              .map(PatternStep::step)
              .anyMatch(s -> s.name() == StepName.ARCHIVE && s.time() >= copyTime - WINDOW);
      assertThat(anyPassedOn).isEqualTo(anyInWindow);
      lastCopy = copyTime;
      time = copyTime + 1; // By order, no archive of this time comes after the copy.
    }
  }

  // ---- late steps

  private static final Retention LIVE =
      Retention.of(Duration.ofMillis(WINDOW), Duration.ofMillis(5 * WINDOW));

  private void takeLive(Step step, long at) {
    memory = memory.take(step, at, "h", PATTERN, LIVE, passedOn::add);
  }

  @Test
  void aLateCopyFindsTheArchiveThatCepHasForgotten() {
    takeLive(Steps.archive(0, "h", "C:\\Temp\\a.zip"), 0);
    takeLive(Steps.copy(10, "h", "C:\\Temp\\a.zip"), 4 * WINDOW);
    assertThat(passedOn)
        .extracting(PatternStep::at)
        .as("as it came, and once more before the copy")
        .containsExactly(0L, 4 * WINDOW, 4 * WINDOW);
    PatternStep copy = passedOn.get(2);
    assertThat(archives(copy).count()).isEqualTo(1);
    assertThat(copy.taken()).containsExactly("C:\\Temp\\a.zip");
  }

  @Test
  void aLateArchiveBringsTheCopiesAfterItAgain() {
    takeLive(Steps.copy(10, "h", "C:\\Temp\\b.zip"), 10);
    takeLive(Steps.archive(5, "h", "C:\\Temp\\a.zip"), 20);
    takeLive(Steps.archive(6, "h", "C:\\Temp\\b.zip"), 30);
    List<PatternStep> copies =
        passedOn.stream().filter(s -> s.step().name() == StepName.COPY).toList();
    assertThat(copies)
        .extracting(s -> !s.brought().containsKey(StepName.COPY))
        .containsExactly(false, true);
    assertThat(copies).extracting(s -> archives(s).count()).containsExactly(1L, 1L);
    assertThat(copies.get(1).taken()).containsExactly("C:\\Temp\\b.zip");
  }

  @Test
  void aStepThatComesASecondTimeChangesNothing() {
    takeLive(Steps.archive(5, "h", "C:\\Temp\\a.zip"), 5);
    takeLive(Steps.copy(10, "h", "C:\\x"), 10);
    PatternMemory before = memory;
    int passed = passedOn.size();
    takeLive(Steps.archive(5, "h", "C:\\Temp\\a.zip"), 500);
    takeLive(Steps.copy(10, "h", "C:\\x"), 500);
    assertThat(memory).isEqualTo(before);
    assertThat(passedOn).hasSize(passed);
  }

  @Test
  void nothingIsRememberedLongerThanItCanBeLate() {
    takeLive(Steps.archive(5, "h", "C:\\Temp\\a.zip"), 5);
    takeLive(Steps.copy(10, "h", "C:\\x"), 10);
    assertThat((5 + 6 * WINDOW + 1)).isEqualTo(5 + 6 * WINDOW + 1);
    assertThat(memory.at((5 + 6 * WINDOW + 1) - 1, "h", PATTERN, LIVE, passedOn::add).openings())
        .hasSize(1);
    assertThat(memory.at((5 + 6 * WINDOW + 1), "h", PATTERN, LIVE, passedOn::add).isEmpty())
        .isTrue();
  }

  @Test
  void aHostWithAClockThatJumpsCostsNoMoreThanAnother() {
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      takeLive(
          Steps.archive(random.nextLong(4_000_000_000_000L), "h", "C:\\Temp\\" + i + ".zip"),
          i / 100);
      takeLive(Steps.copy(random.nextLong(4_000_000_000_000L), "h", "C:\\x"), i / 100);
    }
    assertThat(memory.openings()).hasSizeLessThanOrEqualTo(PatternMemory.OPENINGS_KEPT);
    assertThat(memory.completions()).hasSizeLessThanOrEqualTo(PatternMemory.COMPLETIONS_KEPT);
    assertThat(memory.leftOut()).hasSizeLessThanOrEqualTo(300);
    assertThat(memory.passed()).hasSizeLessThanOrEqualTo(PatternMemory.MOST_PASSED);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void inAnyOrderEveryCopyIsCompletedByTheArchivesOfItsWindow(long seed) {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long time = random.nextInt(5_000);
      steps.add(
          random.nextInt(3) == 0
              ? Steps.copy(time, "h", "C:\\" + i)
              : Steps.archive(time, "h", "C:\\Temp\\" + i + ".zip"));
    }
    long at = 10_000;
    for (Step step : steps) {
      takeLive(step, at++);
    }
    TreeSet<Long> expected = new TreeSet<>();
    TreeSet<Long> behind = new TreeSet<>();
    for (Step copy : steps) {
      for (Step archive : steps) {
        if (copy.name() == StepName.COPY
            && archive.name() == StepName.ARCHIVE
            && archive.time() <= copy.time()
            && copy.time() - archive.time() <= WINDOW) {
          expected.add(copy.time());
          behind.add(archive.time());
        }
      }
    }
    TreeSet<Long> completed = new TreeSet<>();
    TreeSet<Long> recalled = new TreeSet<>();
    List<PatternStep> held = new ArrayList<>();
    for (PatternStep patternStep : passedOn) {
      if (patternStep.step().name() == StepName.ARCHIVE) {
        held.add(patternStep);
      } else if (held.stream()
          .anyMatch(
              archive ->
                  archive.step().time() <= patternStep.step().time()
                      && patternStep.step().time() - archive.step().time() <= WINDOW)) {
        completed.add(patternStep.step().time());
        archives(patternStep).steps().forEach(archive -> recalled.add(archive.time()));
      }
    }
    assertThat(completed).as("as CEP would complete them").isEqualTo(expected);
    assertThat(recalled).as("each archive is in an alert").isEqualTo(behind);
    assertThat(expected).hasSizeGreaterThan(5);
  }
}
