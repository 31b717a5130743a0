package io.stagehound.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stagehound.Events;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SightingTest {

  private static SysmonEvent event(
      EventType type,
      @Nullable String destinationIp,
      @Nullable String destinationHostname,
      @Nullable String shareName,
      @Nullable String relativeTargetName) {
    return new SysmonEvent(
        type,
        7,
        TimeSource.SYSTEM_TIME,
        "fs01.corp.example",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        destinationIp,
        destinationHostname,
        shareName,
        relativeTargetName);
  }

  @ParameterizedTest
  @ValueSource(strings = {"System", "system", "SYSTEM"})
  void aFileThatTheKernelWroteWasReceived(String image) {
    SysmonEvent event =
        Events.event(EventType.FILE_CREATE, 7, "fs01.corp.example", image, null, "D:\\d\\a.zip");
    assertThat(Sighting.of(event))
        .containsExactly(
            new Sighting(SightingKind.RECEIVED, "fs01", null, null, null, "D:\\d\\a.zip", 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C:\\Windows\\System32\\svchost.exe", "C:\\System", "System.exe"})
  void aFileThatAProgramWroteWasNot(String image) {
    assertThat(
            Sighting.of(
                Events.event(EventType.FILE_CREATE, 7, "fs01", image, null, "D:\\d\\a.zip")))
        .isEmpty();
  }

  @Test
  void accessesTellTheirShareByItsName() {
    assertThat(
            Sighting.of(event(EventType.SHARE_FILE_ACCESS, null, null, "\\\\*\\Drop", "in\\a.zip")))
        .containsExactly(
            new Sighting(
                SightingKind.SHARE_FILE_ACCESS, "fs01", null, "Drop", null, "in\\a.zip", 7));
    assertThat(Sighting.of(event(EventType.SHARE_ACCESS, null, null, "\\\\*\\Drop", null)))
        .containsExactly(
            new Sighting(SightingKind.SHARE_ACCESS, "fs01", null, "Drop", null, null, 7));
  }

  @Test
  void aConnectionIsToAServerByNameAndByAddress() {
    assertThat(
            Sighting.of(
                event(EventType.NETWORK_CONNECT, "10.0.0.5", "FS02.corp.example", null, null)))
        .extracting(Sighting::server, Sighting::host)
        .containsExactly(tuple("fs02", "fs01"), tuple("10.0.0.5", "fs01"));
    assertThat(Sighting.of(event(EventType.NETWORK_CONNECT, "10.0.0.5", "-", null, null)))
        .extracting(Sighting::server)
        .containsExactly("10.0.0.5");
    assertThat(Sighting.of(event(EventType.NETWORK_CONNECT, null, null, null, null))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = EventType.class,
      names = {"PROCESS_CREATE", "SECURITY_PROCESS_CREATE", "MODULE_LOG", "SCRIPT_BLOCK"})
  void otherRecordsAreNone(EventType type) {
    assertThat(Sighting.of(event(type, "10.0.0.5", "fs02", "\\\\*\\drop", "a.zip"))).isEmpty();
  }

  @Test
  void aPathIsNoLongerThanItNeedBe() {
    String path = "x".repeat(1 << 20);
    assertThat(Sighting.of(event(EventType.SHARE_FILE_ACCESS, null, null, "drop", path)))
        .singleElement()
        .satisfies(sighting -> assertThat(sighting.path()).hasSize(1_024));
  }
}
