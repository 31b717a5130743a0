package io.stagehound.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyCommandTest {

  private static CopyCommand copyOf(String source) {
    return new CopyCommand("copy", CopyDirection.TO_UNC, List.of(), List.of(source), List.of());
  }

  @ParameterizedTest(name = "{0} {2} {1}")
  @CsvSource({
    "C:\\t\\loot.zip, C:\\t\\loot.zip, takes",
    "c:\\T\\LOOT.zip, C:\\t\\loot.zip, takes",
    "C:/t/loot.zip, C:\\t\\loot.zip, takes",
    "loot.zip, C:\\t\\loot.zip, takes",
    ".\\loot.zip, C:\\t\\loot.zip, takes",
    "D:\\other\\loot.zip, C:\\t\\loot.zip, takes",
    "C:\\t, C:\\t\\loot.zip, takes",
    "C:\\t\\, C:\\t\\loot.zip, takes",
    "C:\\users, C:\\users\\public\\loot.zip, takes",
    "C:\\t\\*.zip, C:\\t\\loot.zip, takes",
    "C:\\t\\*, C:\\t\\loot.zip, takes",
    "C:\\t\\*.*, C:\\t\\loot, takes",
    "C:\\t\\l??t.*, C:\\t\\loot.zip, takes",
    "*.zip, C:\\t\\loot.zip, takes",
    "*, C:\\t\\loot.zip, leaves",
    "*.*, C:\\t\\loot.zip, leaves",
    "C:\\u\\*.zip, C:\\t\\loot.zip, leaves",
    "C:\\t\\*.7z, C:\\t\\loot.zip, leaves",
    "C:\\, C:\\t\\loot.zip, leaves",
    "C:\\t\\loot, C:\\t\\loot.zip, leaves",
    "C:\\tt, C:\\t\\loot.zip, leaves",
    "oot.zip, C:\\t\\loot.zip, leaves",
    "'', C:\\t\\loot.zip, leaves",
    // Through the folders below.
    "C:\\users\\**\\*.zip, C:\\users\\public\\x\\loot.zip, takes",
    "C:\\users\\**\\*.zip, C:\\Users\\loot.zip, takes",
    "C:\\users\\**\\*.zip, C:\\users2\\loot.zip, leaves",
    "C:\\users\\**\\*.zip, C:\\users\\public\\loot.7z, leaves",
    "C:\\users\\**\\*, C:\\users\\public\\loot.7z, takes",
    "C:\\**\\*.zip, C:\\t\\loot.zip, takes",
    "C:\\**\\*.*, C:\\t\\loot.zip, leaves",
    "**\\*.zip, C:\\t\\loot.zip, takes",
    "**\\*, C:\\t\\loot.zip, leaves",
    // Not through the folders below.
    "C:\\users\\*.zip, C:\\users\\public\\loot.zip, leaves",
  })
  void aCopyTakesAnArchiveByPathNameFolderOrWildcard(
      String source, String archive, String expected) {
    assertThat(copyOf(source).names(archive)).isEqualTo(expected.equals("takes"));
  }

  @Test
  void aTextLongerThanAPathNamesNothing() {
    String deep = "C:\\" + ("b".repeat(99) + "\\").repeat(330);
    assertThat(copyOf("loot.zip").names(deep + "loot.zip")).isFalse();
    assertThat(copyOf(deep + "loot.zip").names("C:\\t\\loot.zip")).isFalse();
    assertThat(copyOf("C:\\t\\" + "x".repeat(300)).names("C:\\t\\" + "x".repeat(300))).isFalse();
  }

  /** As many archives as a host's memory holds, against as many sources as a copy lists. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"b", "/", "b\\", "b/", "*", "*\\", "a?", "\u00e9", "**\\"})
  void namingCopiesNoSources(String unit) {
    String start = "C:\\" + unit.repeat(16_000 / unit.length());
    String upper = start.toUpperCase(Locale.ROOT);
    List<String> sources =
        IntStream.range(0, CopyCommand.LIST_LIMIT).mapToObj(i -> start + i).toList();
    CopyCommand copy = new CopyCommand("copy", CopyDirection.TO_UNC, List.of(), sources, List.of());
    long allocated =
        Allocation.of(
            () -> {
              for (int i = 0; i < 256; i++) {
                copy.names(upper + "\\x\\loot" + i + ".zip");
              }
            });
    // The paths alone are 256 texts, each put together once.
    assertThat(allocated).isLessThan(256 * 4L * upper.length() + 1_000_000);
  }
}
