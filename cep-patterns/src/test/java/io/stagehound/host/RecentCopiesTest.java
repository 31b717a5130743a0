package io.stagehound.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Events;
import io.stagehound.commandline.CopyCommand;
import io.stagehound.event.EventType;
import io.stagehound.score.Detection;
import io.stagehound.score.ScoredEvent;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentCopiesTest {

  private static final String COMMAND = "xcopy C:\\Temp\\a.zip \\\\fs01\\drop\\";

  private RecentCopies copies = RecentCopies.none();

  private static Detection told(EventType type, long time, String commandLine) {
    return ScoredEvent.of(
            Events.event(type, time, "ws1", "C:\\Windows\\System32\\xcopy.exe", commandLine, null))
        .detection()
        .orElseThrow();
  }

  /** Whether a record tells of a copy that another log has told of; else it is remembered. */
  private boolean again(EventType type, long time, String commandLine) {
    Detection detection = told(type, time, commandLine);
    CopyCommand copy = Objects.requireNonNull(detection.copy());
    boolean again = copies.has(detection, copy);
    if (!again) {
      copies = copies.plus(detection, copy);
    }
    return again;
  }

  @Test
  void oneProcessInTwoLogsIsOneCopy() {
    assertThat(again(EventType.PROCESS_CREATE, 1_000, COMMAND)).isFalse();
    assertThat(again(EventType.SECURITY_PROCESS_CREATE, 1_003, COMMAND)).isTrue();
    assertThat(again(EventType.SECURITY_PROCESS_CREATE, 997, COMMAND)).isTrue();
  }

  @Test
  void theLogsMayBeAMinuteApart() {
    again(EventType.PROCESS_CREATE, 10_000, COMMAND);
    assertThat(again(EventType.SECURITY_PROCESS_CREATE, 70_000, COMMAND)).isTrue();
    assertThat(again(EventType.SECURITY_PROCESS_CREATE, 70_001, COMMAND)).isFalse();
  }

  @Test
  void twoCopiesSixSecondsApartAreTwo() {
    assertThat(again(EventType.PROCESS_CREATE, 0, COMMAND)).isFalse();
    assertThat(again(EventType.SECURITY_PROCESS_CREATE, 1, COMMAND)).isTrue();
    assertThat(again(EventType.PROCESS_CREATE, 6_000, COMMAND)).isFalse();
    assertThat(again(EventType.SECURITY_PROCESS_CREATE, 6_001, COMMAND)).isTrue();
  }

  @Test
  void recordsOfOneLogAreEachACopy() {
    for (int i = 0; i < 5; i++) {
      assertThat(again(EventType.PROCESS_CREATE, i, COMMAND)).isFalse();
    }
    for (int i = 0; i < 5; i++) {
      copies = RecentCopies.none();
      assertThat(again(EventType.SECURITY_PROCESS_CREATE, i, COMMAND)).isFalse();
    }
  }

  @Test
  void anotherTargetOrAnotherFileIsAnotherCopy() {
    again(EventType.PROCESS_CREATE, 0, COMMAND);
    EventType other = EventType.SECURITY_PROCESS_CREATE;
    assertThat(again(other, 1, "xcopy C:\\Temp\\a.zip \\\\fs02\\drop\\")).isFalse();
    assertThat(again(other, 1, "xcopy C:\\Temp\\b.zip \\\\fs01\\drop\\")).isFalse();
    assertThat(again(other, 1, "xcopy \\\\fs01\\drop\\a.zip C:\\Temp\\")).isFalse();
    assertThat(again(other, 1, "xcopy /y C:\\Temp\\A.ZIP \\\\FS01.corp.example\\DROP\\"))
        .as("however written")
        .isTrue();
  }

  @Test
  void fewAreRememberedAndNotForLong() {
    for (int i = 0; i < 1_000; i++) {
      again(EventType.PROCESS_CREATE, i, "xcopy C:\\Temp\\" + i + ".zip \\\\fs01\\drop\\");
    }
    assertThat(copies.copies()).hasSize(RecentCopies.KEPT);
    assertThat(copies.after(999 + 600_000).copies()).hasSize(1);
    assertThat(copies.after(1_000 + 600_000).isEmpty()).isTrue();
    assertThat(copies.after(-1_000_000).isEmpty()).as("nor of a clock that is ahead").isTrue();
  }

  @ParameterizedTest(name = "{0} copies")
  @ValueSource(ints = {16, 17, 100, RecentCopies.KEPT + 1, 5_000})
  void inABurstEveryTwinIsTold(int burst) {
    for (int i = 0; i < burst; i++) {
      String command = "xcopy C:\\Temp\\" + i + ".zip \\\\fs01\\drop\\";
      assertThat(again(EventType.PROCESS_CREATE, i, command)).isFalse();
    }
    for (int i = 0; i < burst; i++) {
      String command = "xcopy C:\\Temp\\" + i + ".zip \\\\fs01\\drop\\";
      assertThat(again(EventType.SECURITY_PROCESS_CREATE, i + 1, command)).isTrue();
    }
    assertThat(copies.copies()).hasSizeLessThanOrEqualTo(RecentCopies.KEPT);
  }
}
