package io.stagehound.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Events;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
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

  private static SysmonEvent start(String tool, String commandLine, @Nullable String directory) {
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

  @ParameterizedTest(name = "200 KB of {0}")
  @ValueSource(
      strings = {
        "\"",
        "'",
        "^",
        "&",
        "|",
        "(",
        ")",
        "{",
        "}",
        "`",
        "$",
        "%",
        "a",
        " ",
        ",",
        "\\",
        "\\\\a\\b ",
        "copy a \\\\x\\y & ",
        "copy a \\\\x\\y; ",
        "cmd /c ",
        "pushd \\\\x\\y & ",
        "set a=%a%%a% & ",
        "$a=\"$a$a\";",
        "> ",
        "-d ",
        "/xf ",
        "%a",
        "${a",
        "start ",
        "if not ",
        "a+",
        "C:\\a* ",
      })
  void longLinesTakeTimeInProportion(String unit) {
    String text = unit.repeat(200_000 / unit.length());
    for (String tool : List.of("cmd", "powershell", "xcopy", "robocopy")) {
      for (String start : List.of("x /c ", "x -c ", "x /c \"", "x /c copy ", "x -c Copy-Item ")) {
        SysmonEvent event = start(tool, start + text + " \\\\fs01\\drop", null);
        CopyCommand copy =
            Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> CommandLineAnalyzer.analyze(event));
        if (copy != null) {
          assertThat(copy.targets()).hasSizeLessThanOrEqualTo(CopyCommand.LIST_LIMIT);
          assertThat(copy.sources()).hasSizeLessThanOrEqualTo(CopyCommand.LIST_LIMIT);
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void anyTextIsRead(long seed) {
    Random random = new Random(seed);
    String[] pieces = {
      "cmd",
      "/c",
      "copy",
      "Copy-Item",
      "robocopy",
      "\\\\fs01\\drop",
      "C:\\a",
      "\"",
      "'",
      "&",
      "|",
      ";",
      "(",
      ")",
      "{",
      "}",
      "^",
      "`",
      "$x",
      "%x%",
      "=",
      "set",
      "pushd",
      "popd",
      "cd",
      "if",
      "start",
      "for",
      "do",
      ">",
      "2>&1",
      ",",
      "-d",
      "-Path:",
      "-Destination",
      "/xf",
      "\n",
      "é",
      "\uD83D\uDE00",
      "\uD800",
      "+",
      "powershell",
      "-c",
      "~",
      "#",
      "::",
      "@",
      "!",
      "*",
      "?"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder("cmd /c ");
      for (int j = random.nextInt(20); j >= 0; j--) {
        line.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
      }
      for (String tool : List.of("cmd", "powershell", "xcopy", "robocopy")) {
        CopyCommand copy = CommandLineAnalyzer.analyze(start(tool, line.toString(), null));
        if (copy != null && copy.direction() != CopyDirection.FROM_UNC) {
          assertThat(copy.targets()).isNotEmpty();
        }
      }
    }
  }
}
