package io.stagehound.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.Match;
import io.stagehound.pattern.PatternStep;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncidentTest {

  private static final long DAY = 86_400_000;
  private static final Step ARCHIVE = Steps.archive(0, "ws1", "C:\\Users\\Public\\loot.zip");

  private static Match match(Step copy, List<String> taken, Step... archives) {
    Map<StepName, StepSample> brought = new HashMap<>();
    brought.put(StepName.COPY, StepSample.empty().plus(copy));
    for (Step archive : archives) {
      brought.merge(StepName.ARCHIVE, StepSample.empty().plus(archive), StepSample::plus);
    }
    return new Match(
        new PatternStep(
            ArchiveThenUncCopy.ID, "ws1", copy.time(), true, copy, List.of(), brought, taken));
  }

  private static final Match FIRST = match(Steps.copy(60_000, "ws1", "C:\\x"), List.of(), ARCHIVE);

  @Test
  void anUnlinkedMatchIsHigh() {
    Alert alert = Incident.open(FIRST).alert(AlertState.OPEN, 1);
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(alert.linked()).isFalse();
    assertThat(alert.riskScore()).isEqualTo(60);
    assertThat(alert.revision()).isEqualTo(1);
    assertThat(alert.steps())
        .extracting(step -> step.name().published())
        .containsExactly("archive", "copy");
    assertThat(alert.firstSeen()).isZero();
    assertThat(alert.lastSeen()).isEqualTo(60_000);
    assertThat(alert.targets()).extracting(Target::text).containsExactly("\\\\fs01\\drop");
    assertThat(alert.users()).containsExactly("CORP\\alice");
    assertThat(alert.explanation())
        .startsWith(
            "On ws1, CORP\\alice wrote C:\\Users\\Public\\loot.zip at 1970-01-01T00:00:00Z; 1 min"
                + " later the same account copied to \\\\fs01\\drop. In all: 1 archive and 1 copy.");
  }

  @Test
  void aCopyThatNamesAnArchiveMakesItCritical() {
    Incident incident =
        Incident.open(FIRST)
            .plus(
                match(
                    Steps.copy(70_000, "ws1", "C:\\Users\\Public"),
                    List.of("C:\\Users\\Public\\loot.zip")));
    Alert alert = incident.alert(AlertState.CLOSED, 1);
    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.confidence()).isEqualTo(Confidence.HIGH);
    assertThat(alert.riskScore()).isEqualTo(86);
    assertThat(alert.stepCounts()).containsEntry("archive", 1L).containsEntry("copy", 2L);
  }

  @Test
  void theIdIsTheFirstMatchs() {
    Incident first = Incident.open(FIRST);
    Incident more = first.plus(match(Steps.copy(90_000, "ws1", "C:\\y"), List.of()));
    String id = first.alert(AlertState.OPEN, 1).alertId();
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(more.alert(AlertState.CLOSED, 1).alertId()).isEqualTo(id);
    Incident later = Incident.open(match(Steps.copy(60_001, "ws1", "C:\\x"), List.of(), ARCHIVE));
    assertThat(later.alert(AlertState.OPEN, 1).alertId()).isNotEqualTo(id);
  }

  @Test
  void aRunGoesOnWithinTheWindowOfItsLastMatch() {
    Incident incident = Incident.open(FIRST);
    assertThat(incident.includes(60_000 + DAY, DAY)).isTrue();
    assertThat(incident.includes(60_001 + DAY, DAY)).isFalse();
  }

  @Test
  void matchesOfOneTimeMayComeInAnyOrder() {
    Match a = match(Steps.copy(60_000, "ws1", "C:\\a"), List.of("C:\\t\\1.zip"), ARCHIVE);
    Match b = match(Steps.copy(60_000, "ws1", "C:\\b"), List.of("C:\\t\\2.zip"));
    assertThat(Incident.open(a).plus(b).alert(AlertState.CLOSED, 1))
        .isEqualTo(Incident.open(b).plus(a).alert(AlertState.CLOSED, 1));
  }

  @Test
  void theSpellingOfATargetDoesNotDependOnTheOrder() {
    Match lower = match(Steps.copyTo(60_000, "ws1", "fs01", "C:\\a"), List.of(), ARCHIVE);
    Match upper = match(Steps.copyTo(60_000, "ws1", "FS01", "C:\\b"), List.of());
    assertThat(Incident.open(lower).plus(upper).targets())
        .isEqualTo(Incident.open(upper).plus(lower).targets())
        .hasSize(1);
  }

  @Test
  void aCopyWhoseArchivesAreInAnIncidentThatIsGoneIsToldWithoutThem() {
    Alert alert =
        Incident.open(match(Steps.copy(60_000, "ws1", "C:\\x"), List.of()))
            .alert(AlertState.OPEN, 1);
    assertThat(alert.explanation()).startsWith("On ws1, CORP\\alice copied to \\\\fs01\\drop.");
    assertThat(alert.firstSeen()).isEqualTo(60_000);
  }

  @Test
  void aThousandCopiesKeepTheFirstAndLastTwenty() {
    Incident incident = Incident.open(FIRST);
    for (int i = 1; i < 1_000; i++) {
      incident = incident.plus(match(Steps.copy(60_000 + i, "ws1", "C:\\x"), List.of()));
    }
    Alert alert = incident.alert(AlertState.CLOSED, 1);
    assertThat(alert.stepCounts()).containsEntry("copy", 1_000L);
    assertThat(alert.steps()).hasSize(1 + 2 * StepSample.KEPT);
    assertThat(alert.riskScore()).as("bounded").isEqualTo(70);
  }
}
