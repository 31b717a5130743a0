package io.stagehound.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Events;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published indicators, row by row. */
class StagingScoreTest {

  private static final String XCOPY = "C:\\Windows\\System32\\xcopy.exe";

  @ParameterizedTest(name = "{0} by {1} -> {2}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        // Each directory, at any case and depth.
        "C:\\Temp\\a.txt                              | x.exe | true",
        "D:\\x\\TMP\\a.txt                            | x.exe | true",
        "C:\\Users\\Public\\a.txt                     | x.exe | true",
        "C:\\ProgramData\\a\\b.txt                    | x.exe | true",
        "C:\\inetpub\\wwwroot\\a.aspx                 | x.exe | true",
        "E:\\sites\\wwwroot\\a.aspx                   | x.exe | true",
        "C:\\Users\\a\\AppData\\Local\\Temp\\a.txt    | x.exe | true",
        "C:\\Temp                                     | x.exe | false",
        "C:\\Temporary\\a.txt                         | x.exe | false",
        "C:/Temp/a.txt                                | x.exe | false",
        // The image counts only where there is no file.
        "C:\\a.txt                                    | C:\\Temp\\x.exe | false",
        "                                             | C:\\Temp\\x.exe | true",
        "                                             | C:\\Windows\\x.exe | false",
        "                                             |       | false",
      },
      delimiter = '|')
  void stagingPath(@Nullable String target, @Nullable String image, boolean expected) {
    SysmonEvent event = Events.event(EventType.FILE_CREATE, 0, "h", image, null, target);
    assertThat(StagingScore.of(event).isStagingPath()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "C:\\a.zip, true",
    "C:\\a.RAR, true",
    "C:\\a.7z, true",
    "C:\\a.tar, true",
    "C:\\a.tar.gz, true",
    "C:\\a.cab, true",
    "C:\\a.Iso, true",
    "C:\\a.bz2, true",
    ".zip, true",
    "C:\\a.zip.txt, false",
    "C:\\azip, false",
    "C:\\a.zip:Zone.Identifier, false",
    "zip, false",
    ", false",
  })
  void archiveFile(@Nullable String target, boolean expected) {
    SysmonEvent event = Events.event(EventType.FILE_CREATE, 0, "h", "x.exe", null, target);
    assertThat(StagingScore.of(event).isArchiveFile()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource({
    "PROCESS_CREATE, C:\\Windows\\System32\\XCOPY.EXE, true",
    "PROCESS_CREATE, C:\\Windows\\System32\\Robocopy.exe, true",
    "PROCESS_CREATE, C:\\tools\\myxcopy.exe.bak, true",
    "PROCESS_CREATE, C:\\Windows\\System32\\xcopy, false",
    "PROCESS_CREATE, , false",
    "FILE_CREATE, C:\\Windows\\System32\\xcopy.exe, false",
  })
  void remoteCopyTool(EventType type, @Nullable String image, boolean expected) {
    SysmonEvent event = Events.event(type, 0, "h", image, null, null);
    assertThat(StagingScore.of(event).isRemoteCopyTool()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource({
    "PROCESS_CREATE, copy a \\\\fs01\\drop, true",
    "PROCESS_CREATE, C:\\\\Windows, true",
    "PROCESS_CREATE, wmic /namespace:\\\\root\\cimv2, true",
    "PROCESS_CREATE, \\\\\\fs01, true",
    "PROCESS_CREATE, \\\\.\\pipe, false",
    "PROCESS_CREATE, \\\\?\\C:, false",
    "PROCESS_CREATE, \\\\é, false",
    "PROCESS_CREATE, a\\\\, false",
    "PROCESS_CREATE, C:\\Windows, false",
    "PROCESS_CREATE, , false",
    "FILE_CREATE, copy a \\\\fs01\\drop, false",
  })
  void uncTarget(EventType type, @Nullable String commandLine, boolean expected) {
    SysmonEvent event = Events.event(type, 0, "h", "cmd.exe", commandLine, null);
    assertThat(StagingScore.of(event).isUncTarget()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource({
    "C:\\w\\PowerShell.exe, Copy-Item a \\\\fs01\\drop, true",
    "C:\\w\\pwsh.exe, MOVE-ITEM a \\\\fs01\\drop, true",
    "C:\\w\\cmd.exe, /c xcopy a \\\\fs01\\drop, true",
    "C:\\w\\cmd.exe, /c robocopy a \\\\fs01\\drop, true",
    "C:\\w\\cmd.exe, /c copy a \\\\fs01\\drop, true",
    "C:\\w\\cmd.exe, '/c move\ta \\\\fs01\\drop', true",
    "C:\\w\\cmd.exe, /c photocopy a \\\\fs01\\drop, true",
    "C:\\w\\cmd.exe, /c copy.bat \\\\fs01\\drop, false",
    "C:\\w\\cmd.exe, /c dir \\\\fs01\\copy, false",
    "C:\\w\\cmd.exe, /c copy a b, false",
    "C:\\w\\cmd.exe, copy C:\\Windows\\\\system32\\certutil.exe, true",
    "C:\\w\\wscript.exe, Copy-Item a \\\\fs01\\drop, false",
    ", Copy-Item a \\\\fs01\\drop, false",
  })
  void psCopy(@Nullable String image, String commandLine, boolean expected) {
    SysmonEvent event = Events.event(EventType.PROCESS_CREATE, 0, "h", image, commandLine, null);
    assertThat(StagingScore.of(event).isPsCopy()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "staging {0}, archive {1}, tool {2}, unc {3}, ps {4} -> {5}")
  @CsvSource({
    "1, 1, 1, 1, 1, ArchiveInStagingDir",
    "1, 0, 1, 1, 1, RemoteCopyToolToUNC",
    "1, 0, 1, 0, 0, FileInStagingDir",
    "1, 0, 0, 1, 1, PSCmdRemoteCopy",
    "0, 1, 0, 1, 1, PSCmdRemoteCopy",
    "0, 1, 0, 1, 0, ArchiveFileCreated",
    "1, 0, 0, 1, 0, FileInStagingDir",
    "0, 0, 1, 0, 0, OtherStagingIndicator",
    "0, 0, 0, 1, 0, OtherStagingIndicator",
  })
  void detectionTypeIsTheFirstThatHolds(
      int staging, int archive, int tool, int unc, int ps, String expected) {
    StagingScore score = new StagingScore(staging == 1, archive == 1, tool == 1, unc == 1, ps == 1);
    assertThat(DetectionType.of(score).published()).isEqualTo(expected);
    assertThat(score.sum()).isEqualTo(staging + archive + tool + unc + ps);
  }

  @Test
  void anEventWithoutIndicatorIsNoDetection() {
    assertThat(Detection.of(Events.fileCreate("2026-01-01T00:00:00Z", "h", "x.exe", "C:\\a.txt")))
        .isEmpty();
  }

  @Test
  void theTextThatFiredIsTold() {
    SysmonEvent event =
        Events.event(
            EventType.PROCESS_CREATE, 0, "h", XCOPY, "xcopy C:\\Temp\\a \\\\fs01\\drop", null);
    assertThat(Indicator.IS_REMOTE_COPY_TOOL.find(event)).isEqualTo("xcopy.exe");
    assertThat(Indicator.IS_UNC_TARGET.find(event)).isEqualTo("\\\\f");
    assertThat(Indicator.IS_STAGING_PATH.find(event)).isNull();
  }
}
