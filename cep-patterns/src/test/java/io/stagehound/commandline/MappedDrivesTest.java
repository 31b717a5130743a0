package io.stagehound.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedDrivesTest {

  private static DriveMapping mapping(String name, @Nullable String place) {
    return new DriveMapping(name, place, "net use " + name);
  }

  private static final MappedDrives DRIVES =
      MappedDrives.NONE
          .plus(mapping("z:", "\\\\fs01\\drop"), "CORP\\alice", 1)
          .plus(mapping("y:", "z:\\in"), null, 2)
          .plus(mapping("c:\\link", "\\\\fs02\\share\\"), null, 3)
          .plus(mapping("c:\\link\\deep", "D:\\deep"), null, 4)
          .plus(mapping("loot:", "\\\\fs03\\x"), null, 5)
          .plus(mapping("a:", "a:\\a"), null, 6);

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "Z:\\a.zip, \\\\fs01\\drop\\a.zip",
    "z:, \\\\fs01\\drop",
    "z:\\, \\\\fs01\\drop",
    "Z:/in/a.zip, \\\\fs01\\drop\\in/a.zip",
    "z:a.zip, \\\\fs01\\drop\\a.zip",
    "\\\\?\\z:\\a.zip, \\\\fs01\\drop\\a.zip",
    "Y:\\a.zip, \\\\fs01\\drop\\in\\a.zip",
    "C:\\Link\\a.zip, \\\\fs02\\share\\a.zip",
    "C:\\link\\deep\\a.zip, D:\\deep\\a.zip",
    "C:\\link\\deeper\\a.zip, \\\\fs02\\share\\deeper\\a.zip",
    "Loot:\\a.zip, \\\\fs03\\x\\a.zip",
    "C:\\linked\\a.zip,",
    "X:\\a.zip,",
    "z.zip,",
    "\\\\fs09\\z:\\a,",
    "'',",
  })
  void aPathLeadsWhereItsDriveOrFolderDoes(String path, @Nullable String place) {
    assertThat(DRIVES.place(path, "corp\\ALICE", Long.MAX_VALUE)).isEqualTo(place);
  }

  @Test
  void aDriveOfItselfIsFollowedFourTimes() {
    assertThat(DRIVES.place("a:\\x", null, Long.MAX_VALUE)).isEqualTo("a:\\a\\a\\a\\a\\x");
  }

  @Test
  void aMappingIsSeenByItsUserAndWhereAUserIsNotKnown() {
    assertThat(DRIVES.place("z:\\a", "CORP\\bob", Long.MAX_VALUE)).isNull();
    assertThat(DRIVES.place("z:\\a", null, Long.MAX_VALUE)).isEqualTo("\\\\fs01\\drop\\a");
    assertThat(DRIVES.place("loot:\\a", "CORP\\bob", Long.MAX_VALUE)).isEqualTo("\\\\fs03\\x\\a");
  }

  @Test
  void eachUserHasDrivesOfHisOwn() {
    MappedDrives both = DRIVES.plus(mapping("z:", "\\\\fs09\\bob"), "CORP\\bob", 9);
    assertThat(both.place("z:\\a", "CORP\\bob", Long.MAX_VALUE)).isEqualTo("\\\\fs09\\bob\\a");
    assertThat(both.place("z:\\a", "CORP\\alice", Long.MAX_VALUE)).isEqualTo("\\\\fs01\\drop\\a");
    MappedDrives one = both.plus(mapping("z:", null), "CORP\\bob", 10);
    assertThat(one.place("z:\\a", "CORP\\bob", Long.MAX_VALUE)).isNull();
    assertThat(one.place("z:\\a", "CORP\\alice", Long.MAX_VALUE)).isEqualTo("\\\\fs01\\drop\\a");
  }

  @Test
  void theLaterMappingCountsInWhicheverOrderTheyAreTold() {
    MappedDrives later = DRIVES.plus(mapping("z:", "\\\\fs09\\later"), "CORP\\alice", 100);
    assertThat(later.plus(mapping("z:", "\\\\fs09\\earlier"), "CORP\\alice", 50)).isEqualTo(later);
    assertThat(later.plus(mapping("z:", null), "CORP\\alice", 50)).isEqualTo(later);
    assertThat(
            later
                .plus(mapping("z:", null), "CORP\\alice", 100)
                .place("z:\\a", null, Long.MAX_VALUE))
        .isNull();
  }

  @Test
  void oldMappingsAreForgotten() {
    assertThat(DRIVES.withoutBefore(1)).isSameAs(DRIVES);
    assertThat(DRIVES.withoutBefore(2).place("z:\\a", null, Long.MAX_VALUE)).isNull();
    assertThat(DRIVES.withoutBefore(100).isEmpty()).isTrue();
    assertThat(DRIVES.isEmpty()).isFalse();
  }

  @Test
  void tenThousandMappingsStayFlat() {
    MappedDrives drives = MappedDrives.NONE;
    for (int i = 0; i < 10_000; i++) {
      drives = drives.plus(mapping("d" + i + ":", "\\\\fs01\\d" + i), null, i);
    }
    assertThat(drives.drives()).hasSize(MappedDrives.MOST);
    assertThat(drives.place("d9999:\\a", null, Long.MAX_VALUE)).isEqualTo("\\\\fs01\\d9999\\a");
    assertThat(drives.place("d" + (10_000 - MappedDrives.MOST - 1) + ":\\a", null, Long.MAX_VALUE))
        .isNull();
    String long1 = "x".repeat(5_000);
    assertThat(drives.plus(mapping("z:", "\\\\fs01\\" + long1), null, 1)).isSameAs(drives);
    assertThat(drives.plus(mapping(long1, "\\\\fs01\\x"), null, 1)).isSameAs(drives);
  }

  @Test
  void aPlaceIsNoLongerThanAPath() {
    assertThat(DRIVES.place("z:\\" + "x".repeat(32_767), null, Long.MAX_VALUE)).isNull();
  }
}
