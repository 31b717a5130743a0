package io.stagehound.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hostile lines may cost, and that none of them is too much. */
class CommandLineLimitsTest {

  /** The length of a hostile line. */
  private static final int LONG = 1_000_000;

  /** Two kilobytes for each of the 32 K characters that are read, most of them freed at once. */
  private static final long MOST_ALLOCATED = 64L << 20;

  /** Of a script, which may be eight times as long. */
  private static final long MOST_ALLOCATED_OF_SCRIPTS = 8 * MOST_ALLOCATED;

  private static final List<String> TOOLS = List.of("cmd", "powershell", "xcopy", "robocopy");

  private static void analyze(String tool, String line) {
    SysmonEvent event = CommandLineAnalyzerTest.start(tool, line, "C:\\" + "d".repeat(30_000));
    CommandAnalysis analysis = analyze(event, MOST_ALLOCATED);
    assertBounded(analysis.copy(), line.length());
  }

  private static CommandAnalysis analyze(SysmonEvent event, long mostAllocated) {
    CommandAnalysis[] analysis = {CommandAnalysis.NOTHING};
    long allocated =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> Allocation.of(() -> analysis[0] = CommandLineAnalyzer.analyze(event)));
    assertThat(allocated).as("bytes allocated").isLessThan(mostAllocated);
    assertThat(analysis[0].drives()).hasSizeLessThanOrEqualTo(MappedDrives.MOST);
    assertThat(analysis[0].findings()).allMatch(finding -> finding.text().length() <= 32_767);
    return analysis[0];
  }

  /** What is kept of a line is not longer than what the line may grow to. */
  private static void assertBounded(@Nullable CopyCommand copy, int lineLength) {
    if (copy == null) {
      return;
    }
    assertThat(copy.targets()).hasSizeLessThanOrEqualTo(CopyCommand.LIST_LIMIT);
    assertThat(copy.sources()).hasSizeLessThanOrEqualTo(CopyCommand.LIST_LIMIT);
    int characters =
        copy.targets().stream().mapToInt(target -> target.text().length()).sum()
            + copy.sources().stream().mapToInt(String::length).sum();
    assertThat(characters).isLessThan(2 * 32_767 + 12 * Math.min(lineLength, 32_767));
    if (copy.direction().mayPush()) {
      assertThat(copy.targets()).isNotEmpty();
    }
  }

  /** Lines of shells that make much of little. */
  static Stream<String> growing() {
    String path = "p".repeat(12_000);
    return Stream.of(
        "cmd /c set a=" + path + "& copy " + repeated("%a%# ", 4_000) + " \\\\s\\d",
        "cmd /c set a=" + path + "& copy " + repeated("%a%#+", 4_000) + " \\\\s\\d",
        "cmd /c set a=" + path + "& " + repeated("set b#=%a%& ", 1_500) + "copy %b1% \\\\s\\d",
        "cmd /c set a=" + path + "& " + repeated("copy %a%# \\\\s\\d& ", 1_200),
        "cmd /c set a=" + path + "& " + repeated("echo %a%# & ", 1_500) + "copy %a% \\\\s\\d",
        "cmd /c set a=" + path + "& cd %a%& " + repeated("cd x#& ", 2_000) + "copy a \\\\s\\d",
        "cmd /c set a=" + path + "& " + repeated("pushd %a%#& ", 1_800) + "copy a \\\\s\\d",
        "cmd /c cd C:\\" + path + "& copy " + repeated("#+", 4_000) + " \\\\s\\d",
        "cmd /c " + repeated("copy # \\\\s\\d& ", 2_000),
        "cmd /c robocopy C:\\" + path + " \\\\s\\d " + repeated("# ", 4_000),
        "cmd /c xcopy /s " + repeated("C:\\#\\* ", 3_000) + " \\\\s\\d",
        "cmd /c " + repeated("cmd /c copy # \\\\s\\d & ", 1_000),
        "cmd /c \"cmd /c \"cmd /c \"" + repeated("copy # \\\\s\\d & ", 2_000),
        "cmd /c " + repeated("powershell -c copy # \\\\s\\d & ", 1_000),
        "powershell -c $a='" + path + "'; " + repeated("copy $a# \\\\s\\d;", 1_000),
        "powershell -c $a='" + path + "'; copy " + repeated("$a#,", 3_000) + "$a \\\\s\\d",
        "powershell -c $a='" + path + "'; " + repeated("$a+='#';", 2_000) + "copy $a \\\\s\\d",
        "powershell -c $a='a'; " + repeated("$a=$a+$a;", 2_000) + "copy $a \\\\s\\d",
        "powershell -c $p=@{Path='" + path + "'}; " + repeated("copy @p \\\\s\\d#;", 1_000),
        "powershell -c $p=@{" + repeated("a#='b';", 1_000) + "}; copy " + repeated("@p ", 4_000),
        "powershell -c sl " + path + "; copy " + repeated("#,", 4_000) + "x \\\\s\\d",
        "powershell -c " + repeated("gci # | ", 3_000) + "copy -dest \\\\s\\d",
        "powershell -c copy (gci " + repeated("#,", 4_000) + "x) \\\\s\\d",
        "powershell -c " + repeated("copy (", 4_000) + "\\\\s\\d",
        "powershell -c " + repeated("copy (gci \\\\s\\d#) (", 1_500),
        "powershell -c " + repeated("\"$(", 8_000),
        "powershell -c copy "
            + repeated("(Join-Path a ", 2_000)
            + repeated(")", 2_000)
            + " \\\\s\\d",
        "powershell -c copy (Join-Path " + repeated("a ", 12_000) + ") \\\\s\\d",
        "powershell -c " + repeated("$a#=", 4_000) + "'x'",
        "powershell -c copy "
            + repeated("$f,", 5_000)
            + "$f C:\\x "
            + repeated("\\\\s\\d# ", 1_500));
  }

  /** The unit many times, with a number for each {@code #}. */
  private static String repeated(String unit, int times) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < times; i++) {
      text.append(unit.replace("#", Integer.toString(i)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("growing")
  void aLineGrowsNoMoreThanItsBudget(String line) {
    analyze(line.startsWith("cmd") ? "cmd" : "powershell", line);
    // As Windows could start it.
    String real = line.substring(0, Math.min(line.length(), 32_767));
    analyze(line.startsWith("cmd") ? "cmd" : "powershell", real);
  }

  @ParameterizedTest(name = "1 MB of {0}")
  @ValueSource(
      strings = {
        "\"",
        "'",
        "^",
        "^\"",
        "&",
        "|",
        "(",
        ")",
        "()",
        "{",
        "}",
        "$(",
        "\"$(",
        "@{",
        "`",
        "$",
        "%",
        "!",
        "a",
        " ",
        ",",
        "=",
        "+",
        "/",
        "/c",
        "\\",
        "\\\"",
        "\\\\a\\b ",
        "copy a \\\\x\\y & ",
        "copy a \\\\x\\y; ",
        "cmd /c ",
        "powershell -c \"",
        "pushd \\\\x\\y & ",
        "set a=%a%%a% & ",
        "$a=\"$a$a\";",
        "$a=@{b=",
        "copy @a ",
        "> ",
        "-d ",
        "/xf ",
        "%a",
        "${a",
        "start ",
        "start/d ",
        "do/",
        "do,",
        "if not ",
        "a+",
        "'a'+",
        "C:\\a* ",
      })
  void longLinesCostWhatTheLongestOfWindowsDoes(String unit) {
    String text = unit.repeat(LONG / unit.length());
    for (String tool : TOOLS) {
      for (String start : List.of("x /c ", "x -c ", "x /c \"", "x /c copy ", "x -c Copy-Item ")) {
        analyze(tool, start + text + " \\\\fs01\\drop");
        analyze(tool, start + text.substring(0, 30_000) + " \\\\fs01\\drop");
      }
    }
  }

  /** Units that scripts of the longest length are made of, a number for each {@code #}. */
  static Stream<String> scripts() {
    return Stream.of(
        "Copy-Item C:\\a# \\\\s\\d#\n",
        "New-PSDrive -Name d# -PSProvider FileSystem -Root \\\\s\\d#; copy a d#:\\x\n",
        "net use z: \\\\s\\d#; copy z:\\a# b\n",
        "[IO.File]::Copy('a#','\\\\s\\d#');",
        "[IO.File]::Copy([IO.File]::Copy(",
        "(Get-Item (Get-Item a)).CopyTo('\\\\s\\d')",
        "copy (copy (copy ",
        "powershell -enc QwBvAHAAeQAtAEkAdABlAG0AIABhACAAXABcAHMAXABkAA==\n",
        "cmd /c cmd /c copy a# \\\\s\\d\n",
        "gc a# | Set-Content \\\\s\\d#\n",
        "Set-Content \\\\s\\d (gc a#)\n",
        "gci a# | ",
        "<# copy ",
        "@'\ncopy a \\\\s\\d\n",
        "@\"\ncopy\n\"@ ",
        "tar -cf \\\\s\\d a#\n",
        "wmic process call create 'cmd /c copy a# \\\\s\\d'\n",
        "copy a > b#\ntype a > \\\\s\\d\n",
        "`copy",
        "\"$(copy a \\\\s\\d) ",
        "copy %a% {",
        "$a='#'; $a+=$a; copy $a \\\\s\\d\n",
        "CommandInvocation(Copy-Item): \"Copy-Item\"\n",
        "ParameterBinding(Copy-Item): name=\"Path\"; value=\"C:\\a#, C:\\b\"\n",
        "ParameterBinding(Copy-Item): name=\"Destination\"; value=\"\\\\s\\d#\"\n",
        "ParameterBinding(copy");
  }

  @ParameterizedTest(name = "a script of {0}")
  @MethodSource("scripts")
  void longScriptsCostWhatTheirLengthDoes(String unit) {
    String text = repeated(unit, LONG / unit.length());
    for (EventType type : List.of(EventType.SCRIPT_BLOCK, EventType.MODULE_LOG)) {
      CommandAnalysis analysis =
          analyze(CommandLineAnalyzerTest.logged(type, text), MOST_ALLOCATED_OF_SCRIPTS);
      assertBounded(analysis.copy(), 256 * 1_024);
    }
  }

  private static String encoded(String command) {
    return Base64.getEncoder().encodeToString(command.getBytes(StandardCharsets.UTF_16LE));
  }

  @Test
  void encodedCommandsAreFollowedTwice() {
    String copy = "Copy-Item a \\\\s\\d";
    String once = "powershell -enc " + encoded(copy);
    String twice = "powershell -enc " + encoded(once);
    String thrice = "powershell -enc " + encoded(twice);
    assertThat(analysisOf(once).copy()).isNotNull();
    assertThat(analysisOf(twice).copy()).isNotNull();
    assertThat(analysisOf(thrice).copy()).isNull();
  }

  private static CommandAnalysis analysisOf(String line) {
    return analyze(CommandLineAnalyzerTest.start("powershell", line, null), MOST_ALLOCATED);
  }

  @Test
  void whatACommandIsDecodedToIsBounded() {
    String bomb = encoded("copy a \\\\s\\d;".repeat(100_000));
    CommandAnalysis whole = analysisOf("powershell -enc " + bomb);
    assertThat(whole.findings()).isNotEmpty();
    assertThat(whole.findings()).allMatch(finding -> finding.text().length() <= 4_096);
    analysisOf("powershell -enc " + "A".repeat(LONG));
    analysisOf("powershell -c " + "powershell -enc QQBBAA== ; ".repeat(10_000));
    assertThat(analysisOf("powershell -enc").findings()).isEmpty();
    assertThat(analysisOf("powershell -enc =").findings()).isEmpty();
    assertThat(analysisOf("powershell -enc A").findings()).isEmpty();
    // A record that cuts its command line off leaves some of the digits.
    String cut = encoded("Copy-Item a \\\\s\\d ; exit").substring(0, 57);
    assertThat(analysisOf("powershell -enc " + cut).copy()).isNotNull();
  }

  /** What the filter keeps from being read would have told nothing. */
  private static void assertFilterHidesNothing(EventType type, String program, String text) {
    if (CommandFilter.mayMatter(text)) {
      return;
    }
    boolean logged = type == EventType.SCRIPT_BLOCK;
    ShellSession session = new ShellSession(null, text.length(), logged);
    if (logged) {
      session.runScript(text);
    } else {
      session.runProgram(program, text);
    }
    assertThat(session.analysis("h")).as(text).isEqualTo(CommandAnalysis.NOTHING);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void theFilterHidesNothing(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(8); j >= 0; j--) {
        String[] pieces = random.nextInt(3) > 0 ? SHORT_PIECES : PIECES;
        text.append(pieces[random.nextInt(pieces.length)]);
        text.append(random.nextBoolean() ? " " : "");
      }
      assertFilterHidesNothing(EventType.SCRIPT_BLOCK, "", text.toString());
      for (String tool : List.of("cmd /c ", "powershell -c ", "powershell ")) {
        String program = tool.substring(0, tool.indexOf(' '));
        assertFilterHidesNothing(EventType.PROCESS_CREATE, program, tool + text);
      }
    }
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("io.stagehound.commandline.CommandLineAnalyzerTest#copies")
  void theFilterHidesNoRowOfTheTable(String tool, String text, String expected) {
    if (tool.equals("cmd") || tool.equals("powershell")) {
      assertFilterHidesNothing(EventType.PROCESS_CREATE, tool, text);
    }
  }

  /** Pieces of the commands that the filter looks for, and of what may hide them. */
  private static final String[] SHORT_PIECES = {
    "co",
    "py",
    "mo",
    "ve",
    "cp",
    "mi",
    "mv",
    "cpi",
    "\"",
    "'",
    "^",
    "`",
    "^\r\n",
    "^\n",
    "\\\"",
    "type",
    "gc",
    "sc",
    ">",
    "a",
    "b.zip",
    "\\\\s\\d",
    "C:\\x",
    "net",
    "use",
    "z:",
    "subst",
    "tar",
    "-cf",
    "ta",
    "r",
    "expand",
    ".exe",
    "x\\",
    "/",
    "-e",
    "-enc",
    "-encodedc",
    "\u2013e",
    "ZABpAHIA",
    "find",
    "str",
    "more",
    "ni",
    "-Type",
    "Junc",
    "tion",
    "-Target",
    "@",
    "(",
    ")",
    "{",
    "}",
    ";",
    "&",
    "|",
    ",",
    "=",
    "\n",
    "\t",
    "mklink",
    "/d",
    "7z",
    "rar",
    "print",
    "/d:x",
    "replace",
    "&\"",
    "!",
    "\u00a0",
    "[IO.File]::",
    "Copy(",
    ".CopyTo(",
    "'a','b')",
    "wmic",
    "call",
    "powershell",
    "pwsh",
    "cmd",
    "do",
    "if"
  };

  private static final String[] PIECES = {
    "cmd",
    "/c",
    "/s",
    "/e",
    "copy",
    "Copy-Item",
    "robocopy",
    "xcopy",
    "move",
    "gci",
    "Join-Path",
    "\\\\fs01\\drop",
    "\\\\fs01\\\\x\\",
    "C:\\a",
    "C:\\a*",
    "\"",
    "'",
    "&",
    "&&",
    "|",
    ";",
    "(",
    ")",
    "{",
    "}",
    "$(",
    "@{",
    "@(",
    "^",
    "`",
    "$x",
    "${x}",
    "$env:x",
    "%x%",
    "!x!",
    "%TEMP%",
    "=",
    "+=",
    "set",
    "$x=",
    "@x",
    "pushd",
    "popd",
    "cd",
    "if",
    "else",
    "start",
    "/d",
    "for",
    "in",
    "do",
    ">",
    ">>",
    "2>&1",
    "1>",
    "2",
    ",",
    "-d",
    "-r",
    "-Path:",
    "-Destination",
    "/xf",
    "\n",
    "\r\n",
    "é",
    "\uD83D\uDE00",
    "\uD800",
    "\0",
    "+",
    "powershell",
    "-c",
    "~",
    "#",
    "::",
    "@",
    "!",
    "*",
    "?",
    "\\",
    "/",
    "\\\"",
    "\"\""
  };

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void anyTextIsReadAndReadTheSameTwice(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder(random.nextBoolean() ? "cmd /c " : "powershell -c ");
      for (int j = random.nextInt(30); j >= 0; j--) {
        line.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextBoolean() ? " " : "");
      }
      for (String tool : TOOLS) {
        SysmonEvent event = CommandLineAnalyzerTest.start(tool, line.toString(), null);
        CopyCommand copy = CommandLineAnalyzer.analyze(event).copy();
        assertBounded(copy, line.length());
        assertThat(CommandLineAnalyzer.analyze(event).copy()).as(line.toString()).isEqualTo(copy);
      }
    }
  }
}
