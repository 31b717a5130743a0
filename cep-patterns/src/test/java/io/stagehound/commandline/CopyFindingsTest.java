package io.stagehound.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import io.stagehound.signal.Finding;
import io.stagehound.signal.Signal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyFindingsTest {

  private static CommandAnalysis analyze(String tool, String commandLine) {
    return CommandLineAnalyzer.analyze(CommandLineAnalyzerTest.event(tool, commandLine));
  }

  @Test
  void eachSignalCarriesTheWordsThatItCameFrom() {
    assertThat(
            analyze(
                    "cmd",
                    "cmd /c dir & net use z: \\\\fs01\\c$ & copy a.zip z:\\x >nul & copy"
                        + " \\\\fs02\\in\\b C:\\b & type t > \\\\?\\UNC\\localhost\\hid$\\t")
                .findings())
        .containsExactly(
            new Finding(Signal.COPY_TO_UNC, "copy a.zip z:\\x >nul"),
            new Finding(Signal.COPY_FROM_UNC, "copy \\\\fs02\\in\\b C:\\b"),
            new Finding(Signal.LOOPBACK_TARGET, "\\\\localhost\\hid$\\t"),
            new Finding(Signal.ADMIN_SHARE_TARGET, "\\\\fs01\\c$\\x"),
            new Finding(Signal.HIDDEN_SHARE_TARGET, "\\\\localhost\\hid$\\t"),
            new Finding(Signal.DEVICE_PATH, "\\\\?\\UNC\\localhost\\hid$\\t"),
            new Finding(Signal.MAPPED_DRIVE, "copy a.zip z:\\x >nul"),
            new Finding(Signal.OTHER_COPY_TOOL, "type t > \\\\?\\UNC\\localhost\\hid$\\t"));
  }

  @Test
  void anEncodedCommandIsShownDecoded() {
    String encoded =
        "QwBvAHAAeQAtAEkAdABlAG0AIABDADoAXABhAC4AegBpAHAAIABcAFwAZgBzADAAMQBcAGQAcgBvAHAA";
    assertThat(analyze("powershell", "powershell -enc " + encoded).findings())
        .containsExactly(
            new Finding(Signal.COPY_TO_UNC, "Copy-Item C:\\a.zip \\\\fs01\\drop"),
            new Finding(Signal.ENCODED_COMMAND, "Copy-Item C:\\a.zip \\\\fs01\\drop"));
  }

  @Test
  void aCommandOfTheModuleLogIsShownAsIfItHadBeenWrittenOut() {
    assertThat(
            analyze(
                    "module",
                    "ParameterBinding(Copy-Item): name=\"Path\"; value=\"C:\\a\"\\n"
                        + "ParameterBinding(Copy-Item): name=\"Destination\"; value=\"\\\\f\\s\"")
                .findings())
        .contains(new Finding(Signal.COPY_TO_UNC, "Copy-Item -Path:C:\\a -Destination:\\\\f\\s"));
  }

  @Test
  void aTextIsShownUpToALimit() {
    Finding finding =
        analyze("cmd", "cmd /c copy " + "a".repeat(20_000) + " \\\\fs01\\drop").findings().get(0);
    assertThat(finding.text()).startsWith("copy aaa").hasSize(4_096);
  }

  private static SysmonEvent renamed(String image, @Nullable String builtAs, String commandLine) {
    return new SysmonEvent(
        EventType.PROCESS_CREATE,
        0,
        TimeSource.UTC_TIME,
        "h",
        null,
        image,
        commandLine,
        null,
        builtAs,
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
        null);
  }

  @ParameterizedTest(name = "{0} built as {1}: {2}")
  @CsvSource({
    "C:\\x\\svc.exe, robocopy.exe, svc C:\\a \\\\fs01\\drop, true",
    "C:\\x\\svc.exe, XCOPY.EXE, svc C:\\a \\\\fs01\\drop /y, true",
    "C:\\x\\svc.exe, Cmd.Exe, svc /c copy C:\\a \\\\fs01\\drop, true",
    "C:\\x\\svc.exe, PowerShell.EXE, svc -c Copy-Item C:\\a \\\\fs01\\drop, true",
    "C:\\x\\svc.exe, pwsh.dll, svc -c Copy-Item C:\\a \\\\fs01\\drop, true",
    "C:\\x\\svc.exe, esentutl.exe, svc /y C:\\a /d \\\\fs01\\drop, true",
    "C:\\x\\svc.exe, 7z.exe, svc a \\\\fs01\\drop\\a.7z C:\\a, true",
    "C:\\x\\net.exe, XCOPY.EXE, net C:\\a \\\\fs01\\drop /y, true",
    "C:\\x\\expand.exe, robocopy.exe, expand C:\\a \\\\fs01\\drop, true",
    "C:\\x\\makecab.exe, diantz.exe, makecab C:\\a \\\\fs01\\drop\\a.cab, false",
    "C:\\x\\xcopy.exe, XCOPY.EXE, xcopy C:\\a \\\\fs01\\drop, false",
    "C:\\x\\svc.exe, svchost.exe, svc C:\\a \\\\fs01\\drop, false",
    "C:\\x\\svc.exe, , svc C:\\a \\\\fs01\\drop, false",
  })
  void aRenamedToolIsKnownByTheNameItWasBuiltWith(
      String image, @Nullable String builtAs, String commandLine, boolean found) {
    CommandAnalysis analysis = CommandLineAnalyzer.analyze(renamed(image, builtAs, commandLine));
    Finding expected = new Finding(Signal.RENAMED_TOOL, String.valueOf(builtAs));
    assertThat(analysis.findings().contains(expected)).isEqualTo(found);
    if (found) {
      assertThat(Objects.requireNonNull(analysis.copy()).direction())
          .isEqualTo(CopyDirection.TO_UNC);
    }
  }

  @Test
  void aStartOfSecurityIsReadAsOneOfSysmon() {
    SysmonEvent event = CommandLineAnalyzerTest.start("cmd", "cmd /c copy a \\\\f\\s", "C:\\t");
    SysmonEvent security =
        new SysmonEvent(
            EventType.SECURITY_PROCESS_CREATE,
            0,
            TimeSource.SYSTEM_TIME,
            "h",
            null,
            event.image(),
            event.commandLine(),
            event.currentDirectory(),
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
            null);
    assertThat(CommandLineAnalyzer.analyze(security)).isEqualTo(CommandLineAnalyzer.analyze(event));
  }

  private static final MappedDrives DRIVES =
      MappedDrives.NONE.plus(new DriveMapping("z:", "\\\\fs01\\c$", "net use"), null, 0);

  private static CopyCommand resolved(String commandLine) {
    CopyCommand copy = Objects.requireNonNull(analyze("cmd", "cmd /c " + commandLine).copy());
    return copy.resolved(
        path ->
            Objects.requireNonNullElse(DRIVES.place(path, "CORP\\alice", Long.MAX_VALUE), path));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "copy C:\\a.zip z:\\in, TO_UNC, \\\\fs01\\c$\\in",
    "copy z:\\a.zip C:\\x, FROM_UNC, ''",
    "copy z:\\a.zip z:\\b.zip, BOTH, \\\\fs01\\c$\\b.zip",
    "copy \\\\fs02\\s\\a z:\\x, BOTH, \\\\fs01\\c$\\x",
    "copy z:\\a \\\\fs02\\s, BOTH, \\\\fs02\\s",
    "copy C:\\a.zip y:\\in, LOCAL, ''",
    "copy C:\\a.zip \\\\fs02\\s, TO_UNC, \\\\fs02\\s",
  })
  void aCopyThroughADriveGoesWhereTheDriveLeads(
      String commandLine, CopyDirection direction, String target) {
    CopyCommand copy = resolved(commandLine);
    assertThat(copy.direction()).isEqualTo(direction);
    assertThat(copy.targets().stream().map(UncPath::text).toList())
        .isEqualTo(target.isEmpty() ? List.of() : List.of(target));
  }

  @Test
  void aCopyThatTouchesNoDriveStaysItself() {
    CopyCommand copy = Objects.requireNonNull(analyze("cmd", "cmd /c copy C:\\a.zip D:\\x").copy());
    assertThat(copy.resolved(path -> path)).isSameAs(copy);
    assertThat(resolved("copy z:\\loot.zip C:\\x").names("C:\\t\\loot.zip")).isTrue();
  }

  @Test
  void aResolvedCopyShowsWhatItsTargetDoes() {
    assertThat(CopyFindings.ofResolved(resolved("copy C:\\a.zip z:\\in"), "copy …", "FS01"))
        .containsExactly(
            new Finding(Signal.COPY_TO_UNC, "copy …"),
            new Finding(Signal.LOOPBACK_TARGET, "\\\\fs01\\c$\\in"),
            new Finding(Signal.ADMIN_SHARE_TARGET, "\\\\fs01\\c$\\in"),
            new Finding(Signal.MAPPED_DRIVE, "copy …"));
    assertThat(CopyFindings.ofResolved(resolved("copy C:\\a.zip y:\\in"), "copy …", "fs01"))
        .isEmpty();
  }
}
