package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.pattern.CentralStagingPull;
import io.stagehound.pattern.Match;
import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.PullArchivePush;
import io.stagehound.pattern.StepPattern;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a match needs is still there after more openings than there is room for. */
class PatternRoomTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final List<Step> steps = new ArrayList<>();

  private void pulls(int count, long from, String server) {
    for (int i = 0; i < count; i++) {
      steps.add(Steps.pull(from + i, "a", server));
    }
  }

  private void archives(int count, long from, String name) {
    for (int i = 0; i < count; i++) {
      steps.add(Steps.archive(from + i, "a", "C:\\Temp\\" + name + i + ".zip"));
    }
  }

  private long matches(StepPattern pattern) throws Exception {
    return PatternRun.sorted(pattern, steps).size();
  }

  @Test
  void manyPullsAfterTheArchiveLeaveItAndOneBeforeIt() throws Exception {
    archives(1, 0, "old");
    pulls(30, 1_000, "fs02");
    archives(1, 2_000, "loot");
    pulls(300, 3_000, "fs02");
    steps.add(Steps.copy(4_000, "a", "C:\\Temp\\loot0.zip"));
    assertThat(matches(new PullArchivePush(DAY))).isEqualTo(1);
  }

  @Test
  void manyArchivesAfterThePullLeaveItThoughAnotherOneFollows() throws Exception {
    archives(20, 0, "old");
    pulls(1, 1_000, "fs02");
    archives(300, 2_000, "loot");
    pulls(1, 3_000, "fs02");
    steps.add(Steps.copy(4_000, "a", "C:\\x"));
    assertThat(matches(new PullArchivePush(DAY))).isEqualTo(1);
  }

  @Test
  void theNewestPullOfEachServerStays() throws Exception {
    pulls(1, 0, "s1");
    pulls(25, HOUR, "s9");
    pulls(1, 20 * HOUR, "s1");
    pulls(300, 21 * HOUR, "s9");
    pulls(1, 25 * HOUR, "s2");
    archives(1, 26 * HOUR, "loot");
    assertThat(matches(new CentralStagingPull(DAY))).isEqualTo(1);
  }

  /** Without bounds on what CEP is given this takes minutes. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void archivesAndCopiesInTurnCostCepLittle() throws Exception {
    pulls(3, 0, "fs02");
    for (int i = 0; i < 1_400; i++) {
      archives(1, 1_000 + i * 60_000L, "loot" + i);
      steps.add(Steps.copy(1_500 + i * 60_000L, "a", "C:\\x"));
    }
    long copies =
        PatternRun.sorted(new PullArchivePush(DAY), steps).stream()
            .map(Match::completion)
            .map(PatternStep::brought)
            .mapToLong(brought -> brought.getOrDefault(StepName.COPY, StepSample.empty()).count())
            .sum();
    assertThat(copies).isEqualTo(1_400);
  }
}
