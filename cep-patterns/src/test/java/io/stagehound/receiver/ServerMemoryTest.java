package io.stagehound.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.stagehound.receiver.ServerMemory.Expected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServerMemoryTest {

  private static final long BEGAN = 1_000_000;
  private static final long LONGEST = Duration.ofMinutes(10).toMillis();
  private static final long SKEW = ServerMemory.SKEW.toMillis();
  private static final long LATENESS = Duration.ofHours(1).toMillis();

  private final List<Corroboration> found = new ArrayList<>();
  private ServerMemory memory = ServerMemory.empty();

  private static Expected push(long time, String host, String... names) {
    return new Expected("drop", host, time, null, List.of(names));
  }

  private static Sighting seen(
      SightingKind kind,
      long time,
      @Nullable String host,
      @Nullable String share,
      @Nullable String path) {
    return new Sighting(kind, "fs01", host, share, null, path, time);
  }

  private static Sighting received(long time, String path) {
    return seen(SightingKind.RECEIVED, time, null, null, path);
  }

  private void take(Expected push, long at) {
    memory = memory.take(push, at, LATENESS, found::add);
  }

  private void take(Sighting sighting, long at) {
    memory = memory.take(sighting, at, LATENESS, found::add);
  }

  static Stream<Arguments> sightings() {
    SightingKind file = SightingKind.SHARE_FILE_ACCESS;
    SightingKind share = SightingKind.SHARE_ACCESS;
    SightingKind connection = SightingKind.CONNECTION;
    String path = "D:\\shares\\drop\\in\\A.zip";
    long end = BEGAN + LONGEST;
    return Stream.of(
        arguments("received at once", received(BEGAN, path), true),
        arguments("received within ten minutes", received(end, path), true),
        arguments("received a millisecond later", received(end + 1, path), false),
        arguments("by a clock that is behind", received(BEGAN - SKEW, path), true),
        arguments("received before", received(BEGAN - SKEW - 1, path), false),
        arguments("another file", received(BEGAN, "D:\\shares\\drop\\b.zip"), false),
        arguments("the name is a part", received(BEGAN, "D:\\drop\\xa.zip"), false),
        arguments("opened", seen(file, BEGAN, null, "DROP", "in\\a.zip"), true),
        arguments("opened, another share", seen(file, BEGAN, null, "home", "a.zip"), false),
        arguments("opened, another file", seen(file, BEGAN, null, "drop", "b.zip"), false),
        arguments("opened, no file told", seen(file, BEGAN, null, "drop", null), false),
        arguments("accessed", seen(share, end, null, "drop", null), true),
        arguments("accessed, another share", seen(share, BEGAN, null, "home", null), false),
        arguments("accessed too late", seen(share, end + 1, null, "drop", null), false),
        arguments("connected", seen(connection, BEGAN, "ws1", null, null), true),
        arguments("another host connected", seen(connection, BEGAN, "ws2", null, null), false),
        arguments(
            "connected before", seen(connection, BEGAN - SKEW - 1, "ws1", null, null), false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sightings")
  void aSightingBearsOutAPushInWhicheverOrderTheyCome(
      String what, Sighting sighting, boolean bearsOut) {
    List<Corroboration> expected =
        bearsOut
            ? List.of(
                new Corroboration(
                    sighting.kind(),
                    "ws1",
                    "fs01",
                    "drop",
                    BEGAN,
                    sighting.time(),
                    sighting.path()))
            : List.of();
    take(push(BEGAN, "ws1", "a.zip"), BEGAN);
    take(sighting, Math.max(BEGAN, sighting.time()));
    assertThat(found).as(what).isEqualTo(expected);
    found.clear();
    memory = ServerMemory.empty();
    take(sighting, BEGAN + LATENESS);
    take(push(BEGAN, "ws1", "a.zip"), BEGAN + LATENESS + 1);
    assertThat(found).as("%s, the push late", what).isEqualTo(expected);
  }

  private static Expected pushBy(@Nullable String user) {
    return new Expected("drop", "ws1", BEGAN, user, List.of("a.zip"));
  }

  private static Sighting accessBy(SightingKind kind, @Nullable String user) {
    return new Sighting(kind, "fs01", null, "drop", user, "a.zip", BEGAN);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "CORP\\alice, CORP\\ALICE, true",
        "CORP\\alice, alice, true",
        "CORP\\alice, CORP\\bob, false",
        "CORP\\alice, -, true",
        "-, CORP\\bob, true",
      })
  void anAccessByAnotherAccountIsNotTheCopy(
      @Nullable String copies, @Nullable String accesses, boolean bearsOut) {
    take(pushBy(copies), BEGAN);
    take(accessBy(SightingKind.SHARE_ACCESS, accesses), BEGAN);
    take(accessBy(SightingKind.SHARE_FILE_ACCESS, accesses), BEGAN);
    assertThat(found).hasSize(bearsOut ? 2 : 0);
  }

  @Test
  void eachWayOfSeeingItCountsOnceForEachPush() {
    take(push(BEGAN, "ws1", "a.zip", "b.zip"), BEGAN);
    take(push(BEGAN, "ws2", "c.zip"), BEGAN);
    for (int i = 0; i < 10; i++) {
      take(received(BEGAN + i, "D:\\drop\\a.zip"), BEGAN + i);
      take(received(BEGAN + i, "D:\\drop\\c.zip"), BEGAN + i);
      take(seen(SightingKind.SHARE_ACCESS, BEGAN + i, null, "drop", null), BEGAN + i);
    }
    assertThat(found)
        .extracting(corroboration -> corroboration.host() + " " + corroboration.kind().published())
        .containsExactlyInAnyOrder(
            "ws1 received", "ws2 received", "ws1 share-access", "ws2 share-access");
  }

  @Test
  void aPushThatComesTwiceIsOne() {
    take(push(BEGAN, "ws1", "a.zip"), BEGAN);
    take(received(BEGAN, "a.zip"), BEGAN);
    take(push(BEGAN, "ws1", "a.zip"), BEGAN + 5);
    assertThat(found).hasSize(1);
    assertThat(memory.pushes()).hasSize(1);
  }

  @Test
  void sightingsAloneComeToNothing() {
    take(received(BEGAN, "a.zip"), BEGAN);
    take(seen(SightingKind.CONNECTION, BEGAN, "ws1", null, null), BEGAN);
    assertThat(found).isEmpty();
  }

  @Test
  void aFloodTakesNoMoreRoom() {
    for (int i = 0; i < 10_000; i++) {
      take(push(BEGAN + i, "ws" + i, "a.zip"), BEGAN + i);
      take(seen(SightingKind.SHARE_ACCESS, BEGAN + i, null, "home", null), BEGAN + i);
    }
    assertThat(memory.pushes()).hasSize(ServerMemory.PUSHES_KEPT);
    assertThat(memory.sightings()).hasSize(ServerMemory.SIGHTINGS_KEPT);
    take(received(BEGAN + 10_000, "a.zip"), BEGAN + 10_000);
    assertThat(found).as("the last pushes are those kept").hasSize(ServerMemory.PUSHES_KEPT);
    assertThat(found).extracting(Corroboration::host).contains("ws9999").doesNotContain("ws0");
  }

  @Test
  void everythingIsForgottenWhenNothingCanBelongToItAnyMore() {
    take(push(BEGAN, "ws1", "a.zip"), BEGAN);
    take(received(BEGAN + 7, "b.zip"), BEGAN + 7);
    long pushKept = LONGEST + LATENESS;
    long sightingKept = SKEW + LATENESS;
    assertThat(memory.nextChange(LATENESS)).isEqualTo(BEGAN + 7 + sightingKept + 1);
    assertThat(memory.at(BEGAN + 7 + sightingKept, LATENESS)).isEqualTo(memory);
    ServerMemory later = memory.at(BEGAN + 7 + sightingKept + 1, LATENESS);
    assertThat(later.sightings()).isEmpty();
    assertThat(later.nextChange(LATENESS)).isEqualTo(BEGAN + pushKept + 1);
    assertThat(later.at(BEGAN + pushKept + 1, LATENESS).isEmpty()).isTrue();
    assertThat(ServerMemory.empty().nextChange(LATENESS)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whereNothingIsLateASightingIsKeptForTheClockAlone() {
    memory = memory.take(received(BEGAN, "a.zip"), BEGAN, 0, found::add);
    assertThat(memory.at(BEGAN + SKEW, 0).sightings()).hasSize(1);
    assertThat(memory.at(BEGAN + SKEW + 1, 0).isEmpty()).isTrue();
  }
}
