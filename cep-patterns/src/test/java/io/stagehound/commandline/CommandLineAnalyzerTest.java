package io.stagehound.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Events;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
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
        null);
  }

  private static String describe(@Nullable CopyCommand copy) {
    if (copy == null) {
      return "nothing";
    }
    String to = copy.targets().stream().map(UncPath::text).collect(Collectors.joining(" ; "));
    return copy.direction()
        + (to.isEmpty() ? "" : " to " + to)
        + " from "
        + String.join(" ; ", copy.sources());
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("copies")
  void readsWhatIsCopied(String tool, String commandLine, String expected) {
    assertThat(describe(CommandLineAnalyzer.analyze(start(tool, commandLine, null))))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "in {1}: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "copy loot.zip \\\\fs01\\drop | C:\\stage\\  | TO_UNC to \\\\fs01\\drop from C:\\stage\\loot.zip",
        "copy C:\\loot.zip .          | \\\\fs01\\in | TO_UNC to \\\\fs01\\in from C:\\loot.zip",
        "copy loot.zip C:\\x          | \\\\fs01\\in | FROM_UNC from \\\\fs01\\in\\loot.zip",
        "copy a.zip b.zip             | C:\\stage    | nothing",
      })
  void relativePathsBelongToTheWorkingDirectory(String command, String directory, String expected) {
    assertThat(describe(CommandLineAnalyzer.analyze(start("cmd", "cmd /c " + command, directory))))
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
    assertThat(describe(CommandLineAnalyzer.analyze(event)))
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
    assertThat(describe(CommandLineAnalyzer.analyze(start(tool, line, null))))
        .isEqualTo("TO_UNC to \\\\fs01\\drop from C:\\a.zip");
  }

  /** More commands than anyone writes, to hide one behind them. */
  @Test
  void manyCommandsHideNone() {
    String line = "cmd /c " + "rem&".repeat(7_000) + "copy C:\\a.zip \\\\fs01\\drop";
    assertThat(describe(CommandLineAnalyzer.analyze(start("cmd", line, null))))
        .isEqualTo("TO_UNC to \\\\fs01\\drop from C:\\a.zip");
  }

  /** More sources than are listed still tell a pull. */
  @Test
  void aPullIsToldBehindManySources() {
    String many = IntStream.range(0, 200).mapToObj(i -> "a" + i).collect(Collectors.joining("+"));
    String line = "cmd /c copy " + many + "+\\\\fs01\\in\\b C:\\x";
    CopyCommand copy =
        Objects.requireNonNull(CommandLineAnalyzer.analyze(start("cmd", line, null)));
    assertThat(copy.direction()).isEqualTo(CopyDirection.FROM_UNC);
    assertThat(copy.sources()).hasSize(CopyCommand.LIST_LIMIT);
  }
}
