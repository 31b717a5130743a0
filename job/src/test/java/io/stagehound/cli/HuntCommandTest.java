package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagehound.output.UnsafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hunt as a user meets it: usage, bad input, and what is left behind. */
class HuntCommandTest {

  private static final String ARCHIVE =
      event(11, "ws1", "10:00:00", "\"TargetFilename\":\"C:\\\\Users\\\\Public\\\\loot.zip\"");
  private static final String COPY =
      event(
          1,
          "ws1",
          "10:05:00",
          "\"Image\":\"C:\\\\Windows\\\\System32\\\\xcopy.exe\","
              + "\"CommandLine\":\"xcopy C:\\\\Users\\\\Public\\\\loot.zip \\\\\\\\fs01\\\\drop$\"");

  @TempDir private Path folder;

  private static String event(int id, String host, String time, String fields) {
    return "{\"EventID\":"
        + id
        + ",\"SourceName\":\"Microsoft-Windows-Sysmon\",\"Hostname\":\""
        + host
        + "\",\"User\":\"CORP\\\\alice\",\"UtcTime\":\"2026-03-04 "
        + time
        + "\","
        + fields
        + "}";
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private Path out() {
    return folder.resolve("out");
  }

  // ---- usage

  @ParameterizedTest(name = "hunt {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "missing.ndjson            | no such file or folder: missing.ndjson",
        "'missing/*.json'          | no file matches",
        "file:///missing.ndjson    | no such file or folder: /missing.ndjson",
        "'file:///missing/*.json'  | no file matches /missing/*.json",
        "file://missing/x.json     | Did you forget a slash",
        "bucket://store/missing    | no such file or folder: bucket://store/missing",
        "bucket://none/*           | no file matches bucket://none/*",
        "s3://store/logs           | (as flink-s3-fs-hadoop for s3://)",
        "nosuch://store/*.gz       | no file system here for nosuch://store/*.gz",
        "--window soon x           | 'soon' is no time: give one like 90s, 30min, 24h or 7d",
        "--window 31d x            | '31d' is out of range: give 1s to 30d",
        "--window 999ms x          | out of range",
        "--parallelism 0 pom.xml   | '0' is no number of readers: give 1 to 1024",
        "--parallelism many x      | 'many' is no number of readers: give 1 to 1024",
        "--window 3600 x           | '3600' is no time",
        "--colour x                | Unknown option: '--colour'",
        "''                        | Missing required parameter: 'PATH'",
        "/dev/null                 | /dev/null is no file or folder: pipe it in",
        "/dev/fd/999               | no such file or folder: /dev/fd/999",
        "a[b                       | no such file, and no glob: a[b (Missing ']')",
        "{                         | no such file, and no glob: { (Missing '}')",
        "src/[                     | no such file, and no glob: src/[ (Missing ']')",
      })
  void wrongUsageIsOneClearLineAndWritesNothing(String arguments, String expected) {
    String[] options =
        arguments.isEmpty() ? new String[0] : arguments.replace("'", "").split(" ", -1);
    Hunt hunt = Hunt.run(out(), options);
    assertThat(hunt.exitCode()).isEqualTo(2);
    assertThat(hunt.out()).isEmpty();
    assertThat(hunt.err())
        .startsWith("stagehound: ")
        .contains(expected)
        .endsWith(" (see 'stagehound hunt --help')\n")
        .hasLineCount(1);
    assertThat(out()).doesNotExist();
  }

  @Test
  void anEmptyPathIsWrongUsage() {
    Hunt hunt = Hunt.run(out(), "");
    assertThat(hunt.exitCode()).isEqualTo(2);
    assertThat(hunt.err()).contains("an empty path: name a file, a folder or a glob");
    hunt = Hunt.runTo("", out(), "pom.xml");
    assertThat(hunt.exitCode()).isEqualTo(2);
    assertThat(hunt.err()).contains("--output is empty: name a folder");
  }

  @Test
  void anOutputThatCannotBeWrittenToIsWrongUsage() throws IOException {
    Path file = write("a.ndjson", ARCHIVE);
    for (String output : List.of(file + "/sub", file + "/sub/sub", "/proc/none")) {
      Hunt hunt = Hunt.runTo(output, out(), file.toString());
      assertThat(hunt.exitCode()).isEqualTo(2);
      assertThat(hunt.err())
          .matches("stagehound: cannot write to " + output + ": [^\n/]+ \\(see .*\n");
    }
  }

  @Test
  void anEmptyFolderIsWrongUsage() throws IOException {
    Hunt hunt = Hunt.through(out(), Files.createDirectory(folder.resolve("empty")));
    assertThat(hunt.exitCode()).isEqualTo(2);
    assertThat(hunt.err()).contains("no files to read in");
    assertThat(out()).doesNotExist();
  }

  @Test
  void anOutputThatIsAFileIsWrongUsage() throws IOException {
    Path file = write("file", "x");
    Hunt hunt = Hunt.through(file, write("a.ndjson", ARCHIVE));
    assertThat(hunt.exitCode()).isEqualTo(2);
    assertThat(hunt.err()).contains("is a file: name a folder");
    assertThat(file).hasContent("x");
  }

  @Test
  void anOutputOnAnUnknownFileSystemIsWrongUsage() throws IOException {
    Hunt hunt = Hunt.runTo("nosuch://store/out", out(), write("a.ndjson", ARCHIVE).toString());
    assertThat(hunt.exitCode()).isEqualTo(2);
    assertThat(hunt.err()).contains("no file system here for nosuch://store/out");
  }

  @Test
  void anOutputThatFlinkWouldPutElsewhereIsWrongUsage() throws IOException {
    Path odd = folder.resolve("o\\ut");
    Hunt hunt = Hunt.through(odd, write("a.ndjson", ARCHIVE));
    assertThat(hunt.exitCode()).isEqualTo(2);
    assertThat(hunt.err()).contains("has a backslash: name another folder");
    assertThat(folder.resolve("o")).doesNotExist();
  }

  // ---- results

  @Test
  void aChainIsTold() throws IOException {
    Hunt hunt = Hunt.through(out(), write("a.ndjson", ARCHIVE, COPY));
    assertThat(hunt.exitCode()).isZero();
    assertThat(hunt.err()).isEmpty();
    JsonNode alert = hunt.alerts().get(0);
    assertThat(alert.path("host").asText()).isEqualTo("ws1");
    assertThat(alert.path("state").asText()).isEqualTo("closed");
    assertThat(alert.path("severity").asText()).isEqualTo("critical");
    assertThat(alert.path("targets").get(0).path("server").asText()).isEqualTo("fs01");
    assertThat(alert.path("targets").get(0).path("share").asText()).isEqualTo("drop$");
    assertThat(alert.path("attack").path("techniques").get(0).path("id").asText())
        .isEqualTo("T1074.002");
    assertThat(alert.path("steps").get(1).path("detection").path("signals"))
        .extracting(JsonNode::asText)
        .containsExactly("copy-to-unc", "hidden-share-target");
    assertThat(hunt.out().lines().toList().get(0)).isEqualTo("1 alert");
    assertThat(hunt.out())
        .contains("critical, linked", "\\\\fs01\\drop$", "CORP\\alice")
        .contains("2 detections", "ArchiveInStagingDir", "RemoteCopyToolToUNC")
        .contains("Read 2 records in 1 file");
    try (Stream<Path> files = Files.list(out())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("results and nothing else")
          .containsExactlyInAnyOrder(
              "detections.ndjson", "alerts.ndjson", "dead-letters.ndjson", "summary.json");
    }
  }

  @Test
  void aWindowOfTheUsersIsUsed() throws IOException {
    Path file = write("a.ndjson", ARCHIVE, COPY);
    assertThat(Hunt.run(out(), "--window", "5min", file.toString()).alerts()).hasSize(1);
    assertThat(Hunt.run(out(), "--window", "299s", file.toString()).alerts()).isEmpty();
  }

  @Test
  void theFolderOfAnEarlierHuntIsNotTelemetry() throws IOException {
    write("a.ndjson", ARCHIVE, COPY);
    Hunt.through(out(), folder);
    Hunt again = Hunt.through(out(), folder);
    assertThat(again.summary().path("records").asLong()).isEqualTo(2);
    assertThat(again.summary().path("dead_letters").asLong()).isZero();
  }

  @Test
  void resultsMayGoWhereTheTelemetryIs() throws IOException {
    write("a.ndjson", ARCHIVE, COPY);
    for (int i = 0; i < 2; i++) {
      Hunt hunt = Hunt.through(folder, folder);
      assertThat(hunt.exitCode()).isZero();
      assertThat(hunt.summary().path("records").asLong()).isEqualTo(2);
      assertThat(hunt.out().contains("Skipped results of earlier hunts in: " + folder))
          .isEqualTo(i > 0);
    }
    Hunt elsewhere = Hunt.through(out(), folder);
    assertThat(elsewhere.summary().path("records").asLong()).isEqualTo(2);
  }

  @Test
  void moreReadersThanFilesAreNotStarted() throws IOException {
    Hunt hunt =
        Hunt.run(out(), "--parts", "--parallelism", "1000", write("a.ndjson", ARCHIVE).toString());
    assertThat(hunt.err()).isEmpty();
    assertThat(hunt.exitCode()).isZero();
    try (Stream<Path> parts = Files.list(out().resolve("detections"))) {
      assertThat(parts).hasSize(1);
    }
  }

  @Test
  void aCopyToTheMachineItselfIsMarked() throws IOException {
    String own = COPY.replace("fs01", "127.0.0.1");
    Hunt hunt = Hunt.through(out(), write("a.ndjson", ARCHIVE, own));
    assertThat(hunt.alerts().get(0).path("targets").get(0).path("loopback").asBoolean()).isTrue();
    assertThat(hunt.out()).contains("\\\\127.0.0.1\\drop$ (loopback)", "  5 min ");
    hunt = Hunt.through(out(), write("a.ndjson", ARCHIVE, own, COPY));
    assertThat(hunt.out()).contains("\\\\127.0.0.1\\drop$ +1").doesNotContain("(loopback)");
  }

  @Test
  void whatCannotBeWrittenIsToldAndNothingIsLeftBehind() throws IOException {
    Path file = write("a.ndjson", ARCHIVE, COPY);
    Hunt.through(out(), file);
    Path taken = out().resolve("alerts.ndjson");
    Files.delete(taken);
    Files.createDirectories(taken.resolve("by-a-folder"));
    Hunt hunt = Hunt.through(out(), file);
    assertThat(hunt.exitCode()).isEqualTo(1);
    assertThat(hunt.err()).isEqualTo("stagehound: cannot write " + taken + "\n");
    assertThat(out().resolve("summary.json"))
        .as("the summary of the earlier hunt, beside files of both")
        .doesNotExist();
    try (Stream<Path> files = Files.list(out())) {
      assertThat(files).noneMatch(left -> left.getFileName().toString().startsWith("."));
    }
  }

  // ---- bad input

  @Test
  void badInputCostsOnlyItself() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.writeString(logs.resolve("good.ndjson"), ARCHIVE + "\n" + COPY + "\n");
    byte[] packed =
        gzip(
            (event(11, "ws2", "11:00:00", "\"TargetFilename\":\"C:\\\\Temp\\\\a.zip\"") + "\n")
                .repeat(2_000));
    Files.write(logs.resolve("truncated.ndjson.gz"), Arrays.copyOf(packed, packed.length / 2));
    byte[] noise = new byte[4_096];
    new Random(3).nextBytes(noise);
    noise[0] = 7;
    Files.write(logs.resolve("noise.bin"), noise);
    Files.write(logs.resolve("log.evtx"), "ElfFile\0\1\2".getBytes(StandardCharsets.ISO_8859_1));
    try (OutputStream out = Files.newOutputStream(logs.resolve("long.ndjson"))) {
      out.write("{\"EventID\":1,\"CommandLine\":\"".getBytes(StandardCharsets.UTF_8));
      byte[] part = "a".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 100; i++) {
        out.write(part);
      }
      out.write(("\"}\n" + ARCHIVE.replace("ws1", "ws3") + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(
        logs.resolve("odd.ndjson"),
        String.join(
            "\n",
            "{\"EventID\":1,\"Sou",
            "{\"a\":".repeat(100_000),
            event(
                11,
                "ws4",
                "11:00:00",
                "\"Keywords\":99999999999999999999999,\"TargetFilename\":\"C:\\\\Temp\\\\a.zip\""),
            event(99, "ws4", "11:00:00", "\"x\":1").replace("99", "99999999999999999999"),
            ARCHIVE.replace("2026", "9999"),
            ARCHIVE.replace("2026", "1601"),
            ARCHIVE.replace("Hostname", "x"),
            ARCHIVE.replace("UtcTime", "x"),
            "[1,2,3]",
            "null",
            ARCHIVE.replace("ws1", "ws5")));
    Hunt hunt = Hunt.through(out(), logs);
    assertThat(hunt.exitCode()).isZero();
    assertThat(hunt.alerts()).hasSize(1);
    assertThat(hunt.detections())
        .extracting(row -> row.path("host").asText())
        .contains("ws1", "ws2", "ws3", "ws4", "ws5");
    for (JsonNode deadLetter : hunt.deadLetters()) {
      assertThat(deadLetter.path("origin").asText()).startsWith(logs.toString());
      assertThat(deadLetter.path("position").isNumber()).isTrue();
      assertThat(deadLetter.path("reason").asText()).isNotBlank();
      assertThat(deadLetter.path("excerpt").asText()).hasSizeLessThanOrEqualTo(1_024);
    }
    List<String> reasons = new ArrayList<>();
    hunt.deadLetters()
        .forEach(
            d ->
                reasons.add(
                    Path.of(d.path("origin").asText()).getFileName()
                        + ": "
                        + d.path("reason").asText()));
    for (String expected :
        List.of(
            "truncated.ndjson.gz: the gzip stream is cut short",
            "log.evtx: a Windows event log (.evtx): export it first",
            "long.ndjson: longer than 16 MiB",
            "odd.ndjson: the record is cut",
            "odd.ndjson: nested deeper than",
            "odd.ndjson: EventID is not an event's number",
            "odd.ndjson: the time lies outside",
            "odd.ndjson: no host",
            "odd.ndjson: no time",
            "odd.ndjson: neither JSON nor XML")) {
      assertThat(reasons).anyMatch(reason -> reason.startsWith(expected));
    }
    JsonNode summary = hunt.summary();
    assertThat(summary.path("records").asLong())
        .isEqualTo(
            summary.path("decoded").asLong()
                + summary.path("not_relevant").asLong()
                + summary.path("dead_letters").asLong());
    assertThat(summary.path("dead_letters").asLong()).isEqualTo(hunt.deadLetters().size());
  }

  @Test
  void deadLettersAreToldByWhatIsWrong() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.writeString(logs.resolve("a.log"), "x\n\n" + "noise\n".repeat(1_233));
    Files.writeString(logs.resolve("b.evtx"), "ElfFile\0");
    Files.writeString(logs.resolve("b.ndjson"), ARCHIVE.replace("Hostname", "x"));
    Files.writeString(logs.resolve("z.log"), "noise");
    String no = Files.createDirectory(logs.resolve("n\u001bo")).toString();
    Files.write(Path.of(no + "/c.ndjson"), "<!DOCTYPE x>".getBytes(StandardCharsets.UTF_8));
    Files.createSymbolicLink(logs.resolve("gone.json"), Path.of("nothing"));
    Files.writeString(logs.resolve("notes.md"), "");
    Hunt hunt = Hunt.through(out(), logs);
    List<String> lines = hunt.out().lines().toList();
    int read = lines.indexOf(lines.stream().filter(l -> l.startsWith("Read ")).findFirst().get());
    assertThat(lines.get(read)).endsWith("1,238 dead letters");
    assertThat(lines.subList(read + 1, lines.size()))
        .startsWith(
            "      1,235  neither JSON nor XML; first: " + logs + "/a.log at byte 0",
            "          1  a Windows event log (.evtx): "
                + logs
                + "/b.evtx at byte 0: export it first, for example with 'evtx_dump -o jsonl'",
            "          1  no host: "
                + logs
                + "/b.ndjson at byte 0: nothing to correlate the event by")
        .contains(
            "Skipped 1 file, by name no telemetry: " + logs + "/notes.md",
            "1 could not be read: " + logs + "/gone.json (a link to nothing that can be read)");
    assertThat(hunt.out()).doesNotContain("\u001b").contains("n\\u{1b}o/c.ndjson");
  }

  @Test
  void aFileWhoseNameIsNoTextIsADeadLetter() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.writeString(logs.resolve("good.ndjson"), ARCHIVE);
    for (String name : List.of("bad%FF%FE.json", "bad%FE%FF.json")) {
      Files.writeString(Path.of(URI.create(logs.toUri() + name)), ARCHIVE);
    }
    Hunt hunt = Hunt.through(out(), logs);
    assertThat(hunt.exitCode()).isZero();
    assertThat(hunt.detections()).hasSize(1);
    assertThat(hunt.deadLetters())
        .hasSize(2)
        .allSatisfy(
            deadLetter ->
                assertThat(deadLetter.path("reason").asText())
                    .startsWith("the file cannot be opened: "));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void telemetryCannotCommandTheTerminal() throws IOException {
    String evil = "\\u001b]0;pwned\\u0007\\u001b[2J\\u009b31m\\u202e\\r\\n\\ud800";
    Path file =
        write(
            "a.ndjson",
            ARCHIVE.replace("ws1", "ws" + evil).replace("alice", evil),
            COPY.replace("ws1", "ws" + evil)
                .replace("alice", evil)
                .replace("drop$", "drop$\u202e\u009b"),
            "\u001b[31mnoise\u007f\u009b\u202e");
    Hunt hunt = Hunt.through(out(), file);
    assertThat(hunt.alerts()).hasSize(1);
    assertThat(hunt.out().chars().filter(c -> Character.isISOControl(c) && c != '\n')).isEmpty();
    assertThat(hunt.out()).doesNotContain("\u202e").contains("\\u{1b}");
    for (String name : List.of("alerts.ndjson", "detections.ndjson", "dead-letters.ndjson")) {
      assertThat(hunt.text(name).codePoints().filter(c -> c != '\n'))
          .noneMatch(UnsafeText::isUnsafe);
    }
  }
}
