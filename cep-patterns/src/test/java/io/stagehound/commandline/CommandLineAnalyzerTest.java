package io.stagehound.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Events;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineAnalyzerTest {

  /** The cases of copies.txt. */
  static Stream<Arguments> copies() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    try (InputStream table = CommandLineAnalyzerTest.class.getResourceAsStream("copies.txt")) {
      String commandLine = "";
      for (String line :
          new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("-> ")) {
          int colon = commandLine.indexOf(": ");
          cases.add(
              Arguments.of(
                  commandLine.substring(0, colon),
                  commandLine.substring(colon + 2),
                  line.substring(3)));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          commandLine = line;
        }
      }
    }
    return cases.stream();
  }

  static SysmonEvent start(String tool, String commandLine, @Nullable String directory) {
    SysmonEvent event =
        Events.event(
            EventType.PROCESS_CREATE,
            0,
            "h",
            "C:\\Windows\\System32\\" + tool + ".exe",
            commandLine,
            null);
    return new SysmonEvent(
        event.type(),
        event.time(),
        event.timeSource(),
        event.host(),
        event.user(),
        event.image(),
        event.commandLine(),
        directory,
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
  }

  private static String describe(@Nullable CopyCommand copy) {
    if (copy == null || copy.direction() == CopyDirection.LOCAL) {
      return "nothing";
    }
    String to = copy.targets().stream().map(UncPath::text).collect(Collectors.joining(" ; "));
    return copy.direction()
        + (to.isEmpty() ? "" : " to " + to)
        + " from "
        + String.join(" ; ", copy.sources());
  }

  /** The event that a row of the table is about, by its first word. */
  static SysmonEvent event(String tool, String text) {
    return switch (tool) {
      case "script" -> logged(EventType.SCRIPT_BLOCK, text.replace("\\n", "\n"));
      case "module" -> logged(EventType.MODULE_LOG, text.replace("\\n", "\n"));
      default -> start(tool, text, null);
    };
  }

  static SysmonEvent logged(EventType type, String text) {
    return new SysmonEvent(
        type,
        0,
        TimeSource.UTC_TIME,
        "h",
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
        type == EventType.SCRIPT_BLOCK ? text : null,
        null,
        null,
        null,
        type == EventType.MODULE_LOG ? text : null,
        null,
        null,
        null,
        null,
        null);
  }

  /** What the analysis tells, in the words of the table. */
  private static String describe(CommandAnalysis analysis, String expected) {
    CopyCommand copy = analysis.copy();

    StringBuilder text = new StringBuilder(describe(copy));
    if (copy != null && copy.direction() == CopyDirection.LOCAL && expected.startsWith("LOCAL")) {
      text.setLength(0);
      text.append("LOCAL from ").append(String.join(" ; ", copy.sources()));
    }
    if (copy != null && expected.contains(" at ")) {
      text.append(" at ").append(String.join(" ; ", copy.destinations()));
    }
    if (expected.contains("drives ")) {
      String drives =
          analysis.drives().stream()
              .map(drive -> drive.name() + "=" + drive.place())
              .collect(Collectors.joining(" ; "));
      text.append(" drives ").append(drives);
    }
    if (expected.contains("signals ")) {
      String signals =
          analysis.findings().stream()
              .map(finding -> finding.signal().published())
              .filter(signal -> !signal.equals("copy-to-unc") && !signal.equals("copy-from-unc"))
              .collect(Collectors.joining(" "));
      text.append(" signals ").append(signals);
    }
    return text.toString();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("copies")
  void readsWhatIsCopied(String tool, String commandLine, String expected) {
    CommandAnalysis analysis = CommandLineAnalyzer.analyze(event(tool, commandLine));
    assertThat(describe(analysis, expected)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "in {1}: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "copy loot.zip \\\\fs01\\drop | C:\\stage\\  | TO_UNC to \\\\fs01\\drop from C:\\stage\\loot.zip",
        "copy C:\\loot.zip .          | \\\\fs01\\in | TO_UNC to \\\\fs01\\in from C:\\loot.zip",
        "copy loot.zip C:\\x          | \\\\fs01\\in | FROM_UNC from \\\\fs01\\in\\loot.zip",
        "copy a.zip b.zip             | C:\\stage    | nothing",
        "copy %TEMP%\\a \\\\fs01\\drop     | C:\\stage    | TO_UNC to \\\\fs01\\drop from %TEMP%\\a",
      })
  void relativePathsBelongToTheWorkingDirectory(String command, String directory, String expected) {
    assertThat(
            describe(
                CommandLineAnalyzer.analyze(start("cmd", "cmd /c " + command, directory)).copy()))
        .isEqualTo(expected);
  }

  @Test
  void aToolIsKnownByTheImageAsTheIndicatorHasIt() {
    SysmonEvent event =
        Events.event(
            EventType.PROCESS_CREATE,
            0,
            "h",
            "C:\\x\\robocopy.exe.bak",
            "rc C:\\a \\\\fs01\\drop",
            null);
    assertThat(describe(CommandLineAnalyzer.analyze(event).copy()))
        .isEqualTo("TO_UNC to \\\\fs01\\drop from C:\\a");
  }

  /** What no line of the table can hold. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "powershell|powershell -c \"Copy-Item C:\\a.zip `\n  -Destination \\\\fs01\\drop\"",
        "powershell|powershell -c \"Copy-Item `\r\nC:\\a.zip`\r\n\\\\fs01\\drop\"",
        "powershell|powershell -c \"del x\nCopy-Item C:\\a.zip \\\\fs01\\drop\ndel y\"",
        "cmd|cmd /c copy C:\\a.zip ^\r\n\\\\fs01\\drop",
        "cmd|cmd /c del x\ncopy C:\\a.zip \\\\fs01\\drop",
      })
  void linesGoOnAndEnd(String toolAndLine) {
    String tool = toolAndLine.substring(0, toolAndLine.indexOf('|'));
    String line = toolAndLine.substring(tool.length() + 1);
    assertThat(describe(CommandLineAnalyzer.analyze(start(tool, line, null)).copy()))
        .isEqualTo("TO_UNC to \\\\fs01\\drop from C:\\a.zip");
  }

  /** More commands than anyone writes, to hide one behind them. */
  @Test
  void manyCommandsHideNone() {
    String line = "cmd /c " + "rem&".repeat(7_000) + "copy C:\\a.zip \\\\fs01\\drop";
    assertThat(describe(CommandLineAnalyzer.analyze(start("cmd", line, null)).copy()))
        .isEqualTo("TO_UNC to \\\\fs01\\drop from C:\\a.zip");
  }

  /** More sources than are listed still tell a pull. */
  @Test
  void aPullIsToldBehindManySources() {
    String many = IntStream.range(0, 200).mapToObj(i -> "a" + i).collect(Collectors.joining("+"));
    String line = "cmd /c copy " + many + "+\\\\fs01\\in\\b C:\\x";
    CopyCommand copy =
        Objects.requireNonNull(CommandLineAnalyzer.analyze(start("cmd", line, null)).copy());
    assertThat(copy.direction()).isEqualTo(CopyDirection.FROM_UNC);
    assertThat(copy.sources()).hasSize(CopyCommand.LIST_LIMIT);
  }
}
