package io.stagehound.topology;

import static io.stagehound.Steps.archive;
import static io.stagehound.Steps.archiveBy;
import static io.stagehound.Steps.bulk;
import static io.stagehound.Steps.copy;
import static io.stagehound.Steps.copyTo;
import static io.stagehound.Steps.pull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.BulkStageArchive;
import io.stagehound.pattern.Catalogue;
import io.stagehound.pattern.CentralStagingPull;
import io.stagehound.pattern.CentralStagingPush;
import io.stagehound.pattern.Match;
import io.stagehound.pattern.PullArchivePush;
import io.stagehound.pattern.StepPattern;
import io.stagehound.pattern.WebRootStaging;
import io.stagehound.step.ProcessStart;
import io.stagehound.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Near misses and hits of each pattern, at a window of a second. */
class PatternTablesTest {

  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final String WEB = "C:\\inetpub\\wwwroot\\a.zip";

  private static Step zip(long time) {
    return archive(time, "a", "C:\\Temp\\" + time + ".zip");
  }

  private static Step push(long time, String host) {
    return copyTo(time, host, "fs01", "C:\\" + time);
  }

  private static Step renamed(long time, String originalFileName) {
    Step step = archiveBy(time, "a", "C:\\x\\svc.exe", WEB);
    return new Step(
        step.name(),
        step.detection(),
        step.arrival(),
        new ProcessStart("g", null, 0, "C:\\x\\svc.exe", originalFileName, null, null, "g"));
  }

  /** More than there is room for; the other two servers must not be forgotten. */
  private static List<Step> floodFromOneServer() {
    List<Step> steps = new ArrayList<>(List.of(pull(0, "a", "s1"), pull(1, "a", "s2")));
    for (long time = 2; time < 600; time++) {
      steps.add(pull(time, "a", "s3"));
    }
    steps.add(zip(700));
    return steps;
  }

  static Stream<Arguments> rows() {
    String core = ArchiveThenUncCopy.ID;
    String through = PullArchivePush.ID;
    String pulls = CentralStagingPull.ID;
    String pushes = CentralStagingPush.ID;
    String web = WebRootStaging.ID;
    String bulk = BulkStageArchive.ID;
    List<Long> none = List.of();
    return Stream.of(
        arguments(
            core,
            "at the end of the window",
            List.of(zip(0), copy(1_000, "a", "x")),
            List.of(1_000L)),
        arguments(core, "a millisecond later", List.of(zip(0), copy(1_001, "a", "x")), none),
        arguments(core, "at one time", List.of(copy(5, "a", "x"), zip(5)), List.of(5L)),
        arguments(core, "the copy first", List.of(copy(4, "a", "x"), zip(5)), none),
        arguments(core, "a pull", List.of(zip(4), pull(5, "a", "fs01")), none),
        arguments(core, "each copy", List.of(zip(1), push(2, "a"), push(3, "a")), List.of(2L, 3L)),
        arguments(
            through, "in order", List.of(pull(1, "a", "s"), zip(2), push(3, "a")), List.of(3L)),
        arguments(
            through, "at one time", List.of(push(1, "a"), zip(1), pull(1, "a", "s")), List.of(1L)),
        arguments(through, "archive first", List.of(zip(1), pull(2, "a", "s"), push(3, "a")), none),
        arguments(
            through, "copy too early", List.of(pull(1, "a", "s"), push(2, "a"), zip(3)), none),
        arguments(
            through,
            "at the end of the window",
            List.of(pull(0, "a", "s"), zip(500), push(1_000, "a")),
            List.of(1_000L)),
        arguments(
            through,
            "a millisecond later",
            List.of(pull(0, "a", "s"), zip(500), push(1_001, "a")),
            none),
        arguments(
            through,
            "each archive with a pull before it",
            List.of(zip(1), pull(2, "a", "s"), zip(3), push(1_002, "a"), push(1_003, "a")),
            List.of(1_002L)),
        arguments(
            pulls,
            "three servers",
            List.of(pull(0, "a", "s1"), pull(1, "a", "s2"), pull(2, "a", "s3"), zip(1_000)),
            List.of(1_000L)),
        arguments(
            pulls,
            "the first a millisecond too early",
            List.of(pull(0, "a", "s1"), pull(1, "a", "s2"), pull(2, "a", "s3"), zip(1_001)),
            none),
        arguments(
            pulls, "of one command", List.of(pull(5, "a", "s1", "s2", "s3"), zip(5)), List.of(5L)),
        arguments(pulls, "two servers", List.of(pull(0, "a", "s1", "s2"), zip(9)), none),
        arguments(
            pulls,
            "one server three times, however written",
            List.of(pull(0, "a", "s1"), pull(1, "a", "S1"), pull(2, "a", "s1.corp"), zip(9)),
            none),
        arguments(
            pulls,
            "the host itself is no other",
            List.of(pull(0, "a", "s1", "s2"), pull(1, "a", "a", "127.0.0.1"), zip(9)),
            none),
        arguments(pulls, "archive first", List.of(zip(1), pull(2, "a", "s1", "s2", "s3")), none),
        arguments(
            pulls, "a flood from one server after the others", floodFromOneServer(), List.of(700L)),
        arguments(
            pushes,
            "the third host",
            List.of(push(0, "a"), push(1, "b"), push(1_000, "c"), push(1_001, "c")),
            List.of(1_000L)),
        arguments(pushes, "two hosts", List.of(push(0, "a"), push(1, "b"), push(2, "a")), none),
        arguments(
            pushes,
            "one host by two names",
            List.of(push(0, "a"), push(1, "b"), push(2, "b.corp.example")),
            none),
        arguments(
            pushes,
            "any host goes on",
            List.of(push(0, "a"), push(1, "b"), push(2, "c"), push(3, "a")),
            List.of(2L, 3L)),
        arguments(
            pushes,
            "at one time, with one command",
            List.of(
                copyTo(5, "a", "fs01", "x"),
                copyTo(5, "b", "fs01", "x"),
                copyTo(5, "c", "fs01", "x")),
            List.of(5L)),
        arguments(
            web, "an archiver", List.of(archiveBy(1, "a", "C:\\7-Zip\\7z.exe", WEB)), List.of(1L)),
        arguments(
            web, "a shell", List.of(archiveBy(1, "a", "C:\\W\\PowerShell.exe", WEB)), List.of(1L)),
        arguments(
            web, "the web server", List.of(archiveBy(1, "a", "C:\\inetsrv\\w3wp.exe", WEB)), none),
        arguments(web, "a renamed archiver", List.of(renamed(1, "7z.exe")), List.of(1L)),
        arguments(web, "another program", List.of(renamed(1, "svc.exe")), none),
        arguments(web, "elsewhere", List.of(archiveBy(1, "a", "7z.exe", "C:\\Temp\\a.zip")), none),
        arguments(
            bulk,
            "in the folder",
            List.of(
                bulk(0, "a", "C:\\Temp\\loot\\1.doc"),
                archive(1_000, "a", "C:\\temp\\LOOT\\a.zip")),
            List.of(1_000L)),
        arguments(
            bulk,
            "beside it",
            List.of(bulk(5, "a", "C:\\Temp\\loot\\1.doc"), archive(5, "a", "C:\\Temp\\a.zip")),
            List.of(5L)),
        arguments(
            bulk,
            "below it",
            List.of(
                bulk(0, "a", "C:\\Temp\\loot\\1.doc"), archive(9, "a", "C:\\Temp\\loot\\x\\a.zip")),
            List.of(9L)),
        arguments(
            bulk,
            "elsewhere",
            List.of(bulk(0, "a", "C:\\Temp\\loot\\1.doc"), archive(9, "a", "C:\\Temp\\b\\a.zip")),
            none),
        arguments(
            bulk,
            "too late",
            List.of(bulk(0, "a", "C:\\Temp\\loot\\1.doc"), archive(1_001, "a", "C:\\Temp\\a.zip")),
            none),
        arguments(
            bulk,
            "archive first",
            List.of(archive(1, "a", "C:\\Temp\\a.zip"), bulk(2, "a", "C:\\Temp\\loot\\1.doc")),
            none));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rows")
  void isCompletedBy(String id, String what, List<Step> steps, List<Long> completions)
      throws Exception {
    StepPattern pattern =
        Catalogue.all(WINDOW).stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    assertThat(PatternRun.sorted(pattern, steps))
        .as(what)
        .extracting(Match::time)
        .isEqualTo(completions);
    if (steps.size() < 100) {
      assertThat(PatternRun.late(pattern, steps, new Random(1)))
          .as("%s, in any order", what)
          .extracting(Match::time)
          .containsAll(completions)
          .allMatch(time -> !completions.isEmpty());
    }
  }
}
