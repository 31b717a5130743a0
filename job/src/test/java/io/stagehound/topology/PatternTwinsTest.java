package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.BulkStageArchive;
import io.stagehound.pattern.Catalogue;
import io.stagehound.pattern.CentralStagingPull;
import io.stagehound.pattern.CentralStagingPush;
import io.stagehound.pattern.Match;
import io.stagehound.pattern.PullArchivePush;
import io.stagehound.pattern.StepPattern;
import io.stagehound.pattern.WebRootStaging;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each pattern against a brute-force search over all steps, written from what the pattern is
 * defined as and from nothing else: behind its memory and Flink's CEP, it finds the same
 * completions, and brings the same openings, each once.
 */
class PatternTwinsTest {

  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final long MILLIS = WINDOW.toMillis();
  private static final int SEEDS = 8;

  static Stream<Arguments> patternsAndSeeds() {
    return Catalogue.all(WINDOW).stream()
        .flatMap(
            pattern ->
                IntStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(pattern.id(), seed)));
  }

  private static StepPattern pattern(String id) {
    return Catalogue.all(WINDOW).stream()
        .filter(pattern -> pattern.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("patternsAndSeeds")
  void ofSortedStepsItFindsWhatABruteForceSearchFinds(String id, int seed) throws Exception {
    // Every other seed is a flood: more completions in a window than are passed on one by one.
    boolean flood = seed % 2 == 1;
    List<Step> steps = steps(id, new Random(seed), flood ? 300 : 400, flood ? 7 : 250);
    assertEqual(PatternRun.sorted(pattern(id), steps), bruteForce(id, steps), flood);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("patternsAndSeeds")
  void inAnyOrderItFindsTheSame(String id, int seed) throws Exception {
    Random random = new Random(100 + seed);
    List<Step> steps = steps(id, random, 60, seed % 2 == 1 ? 60 : 250);
    assertEqual(PatternRun.late(pattern(id), steps, random), bruteForce(id, steps), false);
  }

  private static void assertEqual(
      List<Match> matches, Map<StepName, Set<String>> expected, boolean samplesMayBeFull) {
    Map<StepName, Set<String>> found = new HashMap<>();
    Map<StepName, Long> counts = new HashMap<>();
    Map<StepName, Long> expectedCounts = new HashMap<>();
    long leftOut = 0;
    for (Match match : matches) {
      for (Map.Entry<StepName, StepSample> brought : match.completion().brought().entrySet()) {
        counts.merge(brought.getKey(), brought.getValue().count(), Long::sum);
        leftOut += brought.getValue().leftOut();
        brought.getValue().steps().forEach(step -> add(found, brought.getKey(), step.identity()));
      }
    }
    expected.forEach((name, steps) -> expectedCounts.put(name, (long) steps.size()));
    assertThat(expected).as("the search finds something").isNotEmpty();
    assertThat(counts).isEqualTo(expectedCounts);
    if (leftOut == 0) {
      assertThat(found).isEqualTo(expected);
    } else {
      assertThat(samplesMayBeFull).isTrue();
      found.forEach((name, steps) -> assertThat(expected.get(name)).containsAll(steps));
    }
  }

  private static void add(Map<StepName, Set<String>> all, StepName name, String identity) {
    all.computeIfAbsent(name, any -> new TreeSet<>()).add(identity);
  }

  // ---- random steps

  private static List<Step> steps(String id, Random random, int count, int apart) {
    List<Step> steps = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < count; i++) {
      // Bursts, steps of one time, and now and then a gap about as long as the window.
      time += random.nextInt(40) == 0 ? MILLIS - 5 + random.nextInt(10) : random.nextInt(apart);
      steps.add(
          id.equals(CentralStagingPush.ID)
              ? Steps.copyTo(time, "host" + random.nextInt(5), "fs01", "C:\\x\\" + i)
              : ofHost(random, time, i));
    }
    return steps;
  }

  private static Step ofHost(Random random, long time, int i) {
    String box = "C:\\Temp\\Box" + random.nextInt(3);
    return switch (random.nextInt(10)) {
      case 0 -> Steps.archive(time, "a", "C:\\Temp\\" + i + ".zip");
      case 1 -> Steps.archive(time, "a", box + "\\" + i + ".zip");
      case 2 -> Steps.archiveBy(time, "a", "w3wp.exe", "C:\\inetpub\\wwwroot\\" + i + ".zip");
      case 3 -> Steps.archive(time, "a", "C:\\inetpub\\wwwroot\\up\\" + i + ".zip");
      case 4 -> Steps.bulk(time, "a", box.toLowerCase(Locale.ROOT) + "\\" + i + ".docx");
      case 5 -> Steps.pull(time, "a", "srv" + random.nextInt(5), "srv" + random.nextInt(5), "a");
      case 6 ->
          random.nextBoolean()
              ? Steps.pull(time, "a", "a.corp.example", "localhost")
              : Steps.pull(time, "a", "srv" + random.nextInt(5));
      default -> Steps.copyTo(time, "a", "fs0" + random.nextInt(3), "C:\\x\\" + i);
    };
  }

  // ---- the definitions

  /** Identities of the steps that belong to alerts, by name. */
  private static Map<StepName, Set<String>> bruteForce(String id, List<Step> steps) {
    Map<StepName, Set<String>> all = new HashMap<>();
    for (Step completion : steps) {
      List<Step> window =
          steps.stream()
              .filter(step -> step.time() <= completion.time())
              .filter(step -> step.time() >= completion.time() - MILLIS)
              .toList();
      List<Step> needed = needed(id, completion, window);
      if (!needed.isEmpty()) {
        add(all, completion.name(), completion.identity());
        needed.forEach(step -> add(all, step.name(), step.identity()));
      }
    }
    return all;
  }

  /** The steps of a match that this step completes, of those in the window before it. */
  private static List<Step> needed(String id, Step last, List<Step> window) {
    List<Step> pulls = named(StepName.PULL, window);
    List<Step> archives = named(StepName.ARCHIVE, window);
    return switch (id) {
      case ArchiveThenUncCopy.ID -> last.name() == StepName.COPY ? archives : List.of();
      case PullArchivePush.ID ->
          last.name() == StepName.COPY ? inOrder(pulls, archives) : List.of();
      case CentralStagingPull.ID -> {
        List<Step> others = pulls.stream().filter(pull -> !serversOf(pull).isEmpty()).toList();
        Set<String> servers = new HashSet<>();
        others.forEach(pull -> servers.addAll(serversOf(pull)));
        yield last.name() == StepName.ARCHIVE && servers.size() >= 3 ? others : List.of();
      }
      case CentralStagingPush.ID ->
          window.stream().map(copy -> copy.detection().event().host()).distinct().count() >= 3
              ? window
              : List.of();
      case WebRootStaging.ID ->
          last.name() == StepName.ARCHIVE
                  && path(last).contains("wwwroot")
                  && "7z.exe".equals(last.detection().event().image())
              ? List.of(last)
              : List.of();
      case BulkStageArchive.ID ->
          last.name() == StepName.ARCHIVE
              ? named(StepName.BULK, window).stream().filter(bulk -> isThere(bulk, last)).toList()
              : List.of();
      default -> throw new IllegalArgumentException(id);
    };
  }

  private static List<Step> named(StepName name, List<Step> steps) {
    return steps.stream().filter(step -> step.name() == name).toList();
  }

  /** Pulls with an archive after them, and archives with a pull before them. */
  private static List<Step> inOrder(List<Step> pulls, List<Step> archives) {
    List<Step> inOrder = new ArrayList<>();
    for (Step pull : pulls) {
      for (Step archive : archives) {
        if (pull.time() <= archive.time()) {
          inOrder.add(pull);
          inOrder.add(archive);
        }
      }
    }
    return inOrder;
  }

  private static Set<String> serversOf(Step pull) {
    Set<String> servers = new HashSet<>();
    for (String source : Objects.requireNonNull(pull.detection().copy()).sources()) {
      servers.add(source.split("\\\\", -1)[2]);
    }
    servers.removeAll(List.of("a", "a.corp.example", "localhost"));
    return servers;
  }

  private static boolean isThere(Step bulk, Step archive) {
    List<String> files = List.of(path(bulk).split("\\\\", -1));
    List<String> archiveAt = List.of(path(archive).split("\\\\", -1));
    List<String> folder = files.subList(0, files.size() - 1);
    List<String> there = archiveAt.subList(0, archiveAt.size() - 1);
    return there.equals(folder) || there.equals(folder.subList(0, folder.size() - 1));
  }

  private static String path(Step step) {
    return Objects.requireNonNull(step.detection().event().targetFilename())
        .toLowerCase(Locale.ROOT);
  }
}
