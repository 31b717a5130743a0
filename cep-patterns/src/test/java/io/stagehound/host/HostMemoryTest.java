package io.stagehound.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostMemoryTest {

  private static final long WINDOW = 1_000;

  private final List<HostStep> passedOn = new ArrayList<>();
  private HostMemory memory = HostMemory.empty();

  private void take(Step step) {
    memory = memory.take(step, "h", WINDOW, passedOn::add);
  }

  private void archive(long time) {
    take(Steps.archive(time, "h", "C:\\Temp\\" + time + ".zip"));
  }

  private HostStep copy(long time, String... sources) {
    take(Steps.copy(time, "h", sources));
    HostStep copy = passedOn.get(passedOn.size() - 1);
    assertThat(copy.step().name()).isEqualTo(StepName.COPY);
    return copy;
  }

  @Test
  void aCopyRecallsTheArchivesOfItsWindowThatNoEarlierCopyHad() {
    archive(0);
    archive(500);
    archive(600);
    assertThat(copy(1_001).archives().count()).as("the first has expired").isEqualTo(2);
    archive(1_100);
    assertThat(copy(1_200).archives().first())
        .extracting(Step::time)
        .as("only what is new")
        .containsExactly(1_100L);
    assertThat(copy(1_300).archives()).isEqualTo(StepSample.empty());
  }

  @Test
  void anArchiveAtTheEndOfTheWindowIsRecalled() {
    archive(0);
    assertThat(copy(WINDOW).archives().count()).isEqualTo(1);
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
    assertThat(passedOn).extracting(HostStep::at).containsExactly(1L, 2L, 3L);
  }

  @Test
  void ofAFloodFewArchivesArePassedOnAndAllAreCounted() {
    long flood = 100_000;
    for (long i = 0; i < flood; i++) {
      archive(i / 200);
    }
    assertThat(passedOn).hasSizeLessThanOrEqualTo(2 * HostMemory.PASSED_PER_WINDOW);
    assertThat(memory.archives()).hasSize(HostMemory.ARCHIVES_KEPT);
    assertThat(memory.leftOut()).hasSizeLessThan(300);
    StepSample recalled = copy(WINDOW).archives();
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
    memory = memory.forgetBefore(1_000);
    assertThat(memory.isEmpty()).isTrue();
    assertThat(memory).isEqualTo(HostMemory.empty());
  }

  @Test
  void aCopyAlwaysFindsAnArchivePassedOnWhenOneIsInItsWindow() {
    for (long i = 0; i < 40; i++) {
      archive(i);
    }
    archive(41);
    assertThat(passedOn.get(passedOn.size() - 1).step().time()).as("held back").isLessThan(41);
    copy(41 + WINDOW);
    HostStep archive = passedOn.get(passedOn.size() - 2);
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
      HostStep copy = copy(copyTime);
      List<Step> expected =
          archives.stream()
              .filter(a -> a.time() >= copyTime - WINDOW && a.time() > previousCopy)
              .toList();
      assertThat(copy.archives().count()).isEqualTo(expected.size());
      assertThat(copy.archives().first())
          .isEqualTo(expected.subList(0, Math.min(StepSample.KEPT, expected.size())));
      boolean anyInWindow = archives.stream().anyMatch(a -> a.time() >= copyTime - WINDOW);
      boolean anyPassedOn =
          passedOn.stream()
              .map(HostStep::step)
              .anyMatch(s -> s.name() == StepName.ARCHIVE && s.time() >= copyTime - WINDOW);
      assertThat(anyPassedOn).isEqualTo(anyInWindow);
      lastCopy = copyTime;
      time = copyTime + 1; // By order, no archive of this time comes after the copy.
    }
  }
}
