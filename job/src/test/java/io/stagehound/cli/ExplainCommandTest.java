package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.SharedData;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private int explain(String commandLine) throws IOException {
    String escaped = commandLine.replace("\\", "\\\\").replace("\"", "\\\"");
    Path file =
        Files.writeString(
            folder.resolve("event.json"),
            "{\"EventID\":1,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"Computer\":\"ws1\","
                + "\"UtcTime\":\"2026-03-04 05:06:07\",\"Image\":\"C:\\\\Windows\\\\System32\\\\cmd.exe\","
                + "\"CommandLine\":\""
                + escaped
                + "\"}");
    return run("explain", file.toString());
  }

  @Test
  void eachIndicatorIsShownWithTheTextThatFiredIt() throws IOException {
    assertThat(explain("cmd /c copy C:\\a.zip \\\\fs01\\drop")).isZero();
    assertThat(out.toString())
        .contains("IsStagingPath       0")
        .contains("IsArchiveFile       0")
        .contains("IsRemoteCopyTool    0")
        .contains("IsUNCTarget         1   '\\\\f' in cmd /c copy")
        .contains("IsPSCopy            1   'copy' in cmd /c copy")
        .contains("StagingScore 2, DetectionType PSCmdRemoteCopy")
        .contains("copy, to-unc")
        .contains("\\\\fs01\\drop")
        .contains("the step 'copy'");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void eachSignalIsShownWithTheTextThatItCameFrom() throws IOException {
    assertThat(explain("cmd /c net use z: \\\\fs01\\c$ & copy C:\\a.zip z:\\x")).isZero();
    assertThat(out.toString())
        .contains("Copy                copy, to-unc")
        .contains("  destinations      \\\\fs01\\c$\\x")
        .contains("Drive               z: stands for \\\\fs01\\c$, in net use z: \\\\fs01\\c$")
        .contains("Signal              copy-to-unc, in copy C:\\a.zip z:\\x")
        .contains("Signal              admin-share-target, in \\\\fs01\\c$\\x")
        .contains("Signal              mapped-drive, in copy C:\\a.zip z:\\x");
  }

  @Test
  void aLocalCopyIsShownThoughItIsNoDetection() throws IOException {
    assertThat(explain("cmd /c copy C:\\a.zip z:\\x & net use y: /delete")).isZero();
    assertThat(out.toString())
        .contains("not a detection")
        .contains("Copy                copy, local")
        .contains("  destinations      z:\\x")
        .contains("Drive               y: stands for nothing any more")
        .doesNotContain("Signal");
  }

  @Test
  void aScriptIsExplainedAndItsTextIsNoCommandOfTheTerminal() {
    SysmonEvent event =
        new SysmonEvent(
            EventType.SCRIPT_BLOCK,
            0,
            TimeSource.SYSTEM_TIME,
            "ws1",
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
            "cpi C:\\a\u001b[2J \\\\fs01\\drop",
            null,
            1,
            2,
            null,
            null,
            null,
            null,
            null,
            null);
    new Explanation(new PrintWriter(out)).print(event);
    assertThat(out.toString())
        .contains("ScriptBlock (PowerShell 4104)")
        .contains("1 of 2")
        .contains("DetectionType ExtendedRemoteCopy")
        .contains("Signal              copy-alias, in cpi C:\\a\\u{1b}[2J")
        .contains("Signal              in-process-copy")
        .doesNotContain("\u001b");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "cmd /c copy \\\\fs01\\in\\a C:\\a     | In patterns: the step 'pull'",
        "cmd /c copy C:\\\\Windows\\a b        | no step, unless a drive of this local copy is mapped",
        "cmd /c type C:\\\\Windows\\a           | no copy to or from a UNC path is made",
        "cmd /c dir \\\\fs01\\x                | no copy to or from a UNC path is made",
        "cmd /c dir                            | StagingScore 0: not a detection",
        "cmd /c dir C:\\a                     | no step; an archive in a staging directory",
      })
  void whyAnEventIsNoStepIsSaid(String commandLine, String expected) throws IOException {
    assertThat(explain(commandLine)).isZero();
    assertThat(out.toString()).contains(expected);
  }

  @Test
  void theFirstEventOfAFileIsExplained() {
    assertThat(run("explain", SharedData.samples().resolve("chain-xcopy/events.ndjson").toString()))
        .isZero();
    assertThat(out.toString()).contains("ProcessCreate (Sysmon 1)");
  }

  @ParameterizedTest(name = "explain {0}")
  @ValueSource(strings = {"", "-"})
  void standardInputIsReadWithoutAFile(String file) {
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream(
              "{\"EventID\":3,\"Channel\":\"x\"}".getBytes(StandardCharsets.UTF_8)));
      assertThat(file.isEmpty() ? run("explain") : run("explain", file)).isEqualTo(1);
    } finally {
      System.setIn(before);
    }
    assertThat(err.toString()).contains("Stagehound reads Sysmon events 1 and 11");
  }

  @Test
  void whatCannotBeExplainedIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("bad"), "not an event");
    assertThat(run("explain", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("could not be used: neither JSON nor XML");
    assertThat(run("explain", folder.resolve("missing").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no such file: " + folder);
    assertThat(run("explain", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(folder + " is a folder: name a file");
    assertThat(run("explain", "/dev/null")).isEqualTo(2);
    assertThat(err.toString()).contains("/dev/null is no file: pipe it in instead");
    assertThat(run("explain", file + "/x")).isEqualTo(2);
    assertThat(err.toString()).contains("Not a directory: " + file);
  }

  @Test
  void aFileThatMayNotBeReadIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("locked"), "x");
    Files.setPosixFilePermissions(file, Set.of());
    if (Files.isReadable(file)) {
      // The superuser may, and is told what is in it.
      assertThat(run("explain", file.toString())).isEqualTo(1);
      assertThat(err.toString()).contains("neither JSON nor XML");
      return;
    }
    assertThat(run("explain", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("permission denied: " + file);
  }

  @Test
  void helpAndVersionAreOnStandardOutput() {
    assertThat(run("--help")).isZero();
    assertThat(run("hunt", "--help")).isZero();
    assertThat(out.toString()).contains("hunt", "explain", "Exit codes:", "Examples:");
    assertThat(run("--version")).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "stagehound: no command: there are hunt, watch and explain (see 'stagehound --help')\n");
    assertThat(run("bogus", "x")).isEqualTo(2);
    assertThat(run("explain", "a", "b")).isEqualTo(2);
    assertThat(err.toString().lines())
        .contains(
            "stagehound: no command 'bogus': there are hunt, watch and explain (see 'stagehound"
                + " --help')",
            "stagehound: one too many: 'b' (see 'stagehound explain --help')");
  }
}
