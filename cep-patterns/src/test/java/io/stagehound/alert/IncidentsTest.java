package io.stagehound.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.Match;
import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.Retention;
import io.stagehound.receiver.Corroboration;
import io.stagehound.receiver.SightingKind;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncidentsTest {

  private static final long WINDOW = 1_000;
  private static final Retention LIVE =
      Retention.of(Duration.ofMillis(WINDOW), Duration.ofMillis(10 * WINDOW));
  private static final Publication CHANGES = Publication.ofChanges(Duration.ofMinutes(1));

  private final List<Alert> written = new ArrayList<>();
  private Incidents incidents = Incidents.none();

  private static Match match(long time, long at, boolean again, Arrival arrival) {
    Step archive =
        Steps.arriving(Steps.archive(time - 1, "ws1", "C:\\Temp\\" + time + ".zip"), arrival);
    Step copy = Steps.arriving(Steps.copy(time, "ws1", "C:\\x"), arrival);
    Map<StepName, StepSample> brought = new HashMap<>();
    brought.put(StepName.ARCHIVE, StepSample.empty().plus(archive));
    if (!again) {
      brought.put(StepName.COPY, StepSample.empty().plus(copy));
    }
    return new Match(
        new PatternStep(
            ArchiveThenUncCopy.ID, "ws1", at, true, copy, List.of(), brought, List.of()));
  }

  private void live(long time, long at, long now) {
    incidents =
        incidents.take(
            match(time, at, false, at == time ? Arrival.ON_TIME : Arrival.LATE),
            now,
            LIVE,
            CHANGES,
            written::add);
  }

  private void eventTime(long at, long now) {
    incidents = incidents.at(at, now, LIVE, CHANGES, written::add);
  }

  private List<String> states() {
    return written.stream().map(alert -> alert.state().published()).toList();
  }

  @Test
  void anAlertOpensAtOnceAndIsRevisedAtMostOnceAMinute() {
    live(100, 100, 0);
    live(200, 200, 1_000);
    live(300, 300, 2_000);
    assertThat(written).extracting(Alert::revision).containsExactly(1L);
    assertThat(incidents.nextWrite(CHANGES)).isEqualTo(60_000);
    incidents = incidents.write(59_999, CHANGES, written::add);
    assertThat(written).hasSize(1);
    incidents = incidents.write(60_000, CHANGES, written::add);
    assertThat(states()).containsExactly("open", "updated");
    assertThat(written.get(1).revision()).isEqualTo(3);
    assertThat(written.get(1).stepCounts()).containsEntry("copy", 3L);
    assertThat(incidents.nextWrite(CHANGES)).as("nothing waits").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void itClosesAfterAWindowOfQuiet() {
    live(100, 100, 0);
    assertThat(incidents.nextChange(LIVE)).isEqualTo(100 + WINDOW + 1);
    eventTime(100 + WINDOW, 100_000);
    assertThat(states()).containsExactly("open");
    eventTime(100 + WINDOW + 1, 100_000);
    assertThat(states()).containsExactly("open", "closed");
    assertThat(written.get(1).revision()).isEqualTo(2);
    eventTime(incidents.nextChange(LIVE), 200_000);
    assertThat(incidents.isEmpty()).isTrue();
    assertThat(written).hasSize(2);
  }

  @Test
  void aLateMatchOpensItAgainUnderItsId() {
    live(5_000, 5_000, 0);
    eventTime(6_001, 100_000);
    live(4_800, 7_000, 200_000);
    assertThat(states()).containsExactly("open", "closed", "updated");
    assertThat(written).extracting(Alert::alertId).containsOnly(written.get(0).alertId());
    assertThat(written).extracting(Alert::revision).containsExactly(1L, 2L, 3L);
    assertThat(written).extracting(Alert::late).containsExactly(false, false, true);
    eventTime(8_001, 300_000);
    assertThat(states()).endsWith("closed");
    assertThat(written.get(3).revision()).isEqualTo(4);
  }

  @Test
  void aMatchOfAnotherTimeIsAnotherIncident() {
    live(5_000, 5_000, 0);
    live(3_999, 6_000, 0);
    live(6_001, 6_001, 0);
    assertThat(states()).containsExactly("open", "open", "open");
    assertThat(written).extracting(Alert::alertId).doesNotHaveDuplicates();
  }

  @Test
  void aCopyThatComesAgainIsCountedOnce() {
    live(100, 100, 0);
    incidents =
        incidents.take(match(100, 150, true, Arrival.LATE), 70_000, LIVE, CHANGES, written::add);
    assertThat(written.get(1).stepCounts()).containsEntry("copy", 1L).containsEntry("archive", 2L);
  }

  @Test
  void atTheEndOfTimeEverythingIsWritten() {
    live(100, 100, 0);
    live(200, 200, 1);
    eventTime(Long.MAX_VALUE, 2);
    assertThat(states()).containsExactly("open", "closed");
    assertThat(written.get(1).stepCounts()).containsEntry("copy", 2L);
    assertThat(incidents.isEmpty()).isTrue();
  }

  @Test
  void historyWritesTheLastStateAlone() {
    Retention sorted = Retention.ofSorted(Duration.ofMillis(WINDOW));
    Publication last = Publication.ofLastState();
    for (long time : new long[] {100, 200, 5_000}) {
      incidents =
          incidents.take(match(time, time, false, Arrival.ON_TIME), 0, sorted, last, written::add);
    }
    assertThat(states()).as("the first is over when the second begins").containsExactly("closed");
    assertThat(written.get(0).revision()).as("two matches and the close").isEqualTo(3);
    incidents = incidents.at(Long.MAX_VALUE, 0, sorted, last, written::add);
    assertThat(states()).containsExactly("closed", "closed");
  }

  @Test
  void manyRunsCostNoMoreThanEight() {
    for (int i = 0; i < 100; i++) {
      live(i * 2_000L, 300_000, 0);
    }
    assertThat(incidents.runs()).hasSize(Incidents.MOST_RUNS);
    assertThat(states()).filteredOn("open"::equals).hasSize(100);
    assertThat(states()).filteredOn("closed"::equals).hasSize(100 - Incidents.MOST_RUNS);
  }

  @Test
  void historyWritesAnAlertOnceAlsoWhenALateMatchOpensItAgain() {
    Publication last = Publication.ofLastState();
    incidents =
        incidents.take(match(100, 100, false, Arrival.ON_TIME), 0, LIVE, last, written::add);
    incidents = incidents.at(100 + WINDOW + 1, 0, LIVE, last, written::add);
    assertThat(written).as("it may open again").isEmpty();
    Match late = match(900, 100 + WINDOW + 50, false, Arrival.ON_TIME);
    incidents = incidents.take(late, 0, LIVE, last, written::add);
    assertThat(written).isEmpty();
    incidents = incidents.at(Long.MAX_VALUE, 0, LIVE, last, written::add);
    assertThat(states()).containsExactly("closed");
    assertThat(written.get(0).stepCounts()).containsEntry("copy", 2L);
    assertThat(incidents.isEmpty()).isTrue();
  }

  // ---- what bears out copies

  private static Corroboration seen(SightingKind kind, long copied, long seen) {
    return new Corroboration(kind, "ws1", "fs01", "drop", copied, seen, "D:\\drop\\x");
  }

  private void borneOut(Corroboration corroboration, long at, long now) {
    incidents = incidents.take(corroboration, at, now, CHANGES, written::add);
  }

  @Test
  void whatTheNetworkSawRaisesTheRiskAndWhatTheServerReceivedConfirms() {
    live(100, 100, 0);
    borneOut(seen(SightingKind.CONNECTION, 100, 150), 150, 100_000);
    borneOut(seen(SightingKind.RECEIVED, 100, 160), 160, 200_000);
    assertThat(states()).containsExactly("open", "updated", "updated");
    assertThat(written).extracting(Alert::confirmed).containsExactly(false, false, true);
    assertThat(written)
        .extracting(Alert::confidence)
        .containsExactly(Confidence.MEDIUM, Confidence.MEDIUM, Confidence.HIGH);
    assertThat(written).extracting(Alert::riskScore).containsExactly(60, 62, 65);
    assertThat(written).extracting(Alert::revision).containsExactly(1L, 2L, 3L);
    assertThat(written.get(2).corroborations()).hasSize(2);
    borneOut(seen(SightingKind.RECEIVED, 100, 160), 160, 300_000);
    assertThat(written).as("the same again is nothing new").hasSize(3);
  }

  @Test
  void aCorroborationMayComeBeforeItsMatch() {
    borneOut(seen(SightingKind.RECEIVED, 100, 160), 160, 0);
    assertThat(written).as("alone it is nothing").isEmpty();
    live(100, 200, 0);
    assertThat(written).hasSize(1);
    assertThat(written.get(0).confirmed()).isTrue();
    assertThat(written.get(0).riskScore()).isEqualTo(65);
    assertThat(incidents.early()).isEmpty();
  }

  @Test
  void aCorroborationAloneIsNeverAnAlertAndIsForgotten() {
    for (int i = 0; i < 1_000; i++) {
      borneOut(seen(SightingKind.RECEIVED, i, i), 5_000, 0);
    }
    assertThat(incidents.early()).hasSize(Incidents.MOST_EARLY);
    assertThat(incidents.nextChange(LIVE)).isLessThan(5_000 + 120_000);
    incidents = incidents.at(incidents.nextChange(LIVE), 0, LIVE, CHANGES, written::add);
    assertThat(incidents.isEmpty()).isTrue();
    borneOut(seen(SightingKind.RECEIVED, 1, 1), 1, 0);
    eventTime(Long.MAX_VALUE, 0);
    assertThat(incidents.isEmpty()).isTrue();
    assertThat(written).isEmpty();
  }

  @Test
  void aCorroborationOfAnotherCopyBearsOutNothing() {
    live(100, 100, 0);
    borneOut(seen(SightingKind.RECEIVED, 101, 160), 160, 100_000);
    borneOut(
        new Corroboration(SightingKind.RECEIVED, "ws2", "fs01", "drop", 100, 160, "D:\\x"),
        160,
        100_000);
    assertThat(states()).containsExactly("open");
    eventTime(100 + WINDOW + 1, 200_000);
    assertThat(written.get(1).confirmed()).isFalse();
    assertThat(written.get(1).corroborations()).isEmpty();
  }

  @Test
  void oneThatIsForgottenDoesNotBearOutAMatchAnyMore() {
    borneOut(seen(SightingKind.RECEIVED, 1_000_000, 160), 160, 0);
    live(1_000_000, 1_000_000, 0);
    assertThat(written.get(0).confirmed()).isFalse();
    assertThat(incidents.early()).isEmpty();
  }

  @Test
  void manySightingsDoNotCrowdOutTheOneThatConfirms() {
    live(100, 100, 0);
    for (int i = 0; i < 50; i++) {
      borneOut(seen(SightingKind.SHARE_ACCESS, 100, 150 + i), 150, 0);
    }
    borneOut(seen(SightingKind.RECEIVED, 100, 300), 300, 0);
    incidents = incidents.write(100_000, CHANGES, written::add);
    Alert alert = written.get(1);
    assertThat(alert.confirmed()).isTrue();
    assertThat(alert.corroborations())
        .hasSize(Incident.LIST_LIMIT)
        .isSortedAccordingTo(Comparator.comparingLong(Corroboration::seen));
  }

  @Test
  void aCorroborationOfAClosedIncidentIsWrittenAndDoesNotOpenIt() {
    live(100, 100, 0);
    eventTime(100 + WINDOW + 1, 100_000);
    borneOut(seen(SightingKind.RECEIVED, 100, 160), 1_200, 200_000);
    assertThat(states()).containsExactly("open", "closed", "closed");
    assertThat(written.get(2).confirmed()).isTrue();
    assertThat(written).extracting(Alert::revision).containsExactly(1L, 2L, 3L);
  }
}
