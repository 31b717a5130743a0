package io.stagehound.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hunts ordinary and hostile telemetry in turn, and fails where the hostile one costs more than
 * twice as much, makes the heap grow, or is not found as it must be. See README.md beside it.
 */
public final class EndToEnd {

  /** Below this, a host that floods takes the hunt from the others. */
  private static final double LEAST_RATIO = 0.5;

  /** Below this, a version is slower than the one before it. */
  private static final double LEAST_RATIO_TO_OTHER = 0.8;

  /** What the live heap may grow by from the first quarter of a hunt to the last. */
  private static final double MOST_GROWTH = 0.2;

  /** What comes and goes: the buffers that results are sorted in. */
  private static final double BUFFERS_MEBIBYTES = 16;

  private static final long SEED = 1074_002;

  private int rounds = 3;
  private String heap = "1g";
  private Path jar = Path.of("job/target/stagehound.jar");
  private @Nullable Path against;
  private final List<Workload> workloads = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private EndToEnd() {}

  /** Exits with 0 when all is as it must be, 1 when something is not, 2 for wrong usage. */
  public static void main(String[] args) throws IOException, InterruptedException {
    EndToEnd benchmark = new EndToEnd();
    try {
      benchmark.configure(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.printf(
          "usage: EndToEnd [--rounds N] [--heap SIZE] [--jar JAR] [--against JAR] [WORKLOAD...|all]%n"
              + "workloads: %s%n",
          Arrays.stream(Workload.values())
              .map(Workload::published)
              .collect(Collectors.joining(" ")));
      System.exit(2);
    }
    System.exit(benchmark.runInTemporaryFolder() ? 0 : 1);
  }

  private void configure(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.startsWith("--")) {
        i++;
        if (i == args.size()) {
          throw new IllegalArgumentException(arg + " needs a value");
        }
        set(arg, args.get(i));
      } else if (arg.equals("all")) {
        workloads.addAll(Arrays.asList(Workload.values()));
      } else {
        workloads.add(Workload.named(arg));
      }
    }
    workloads.remove(Workload.ORDINARY);
    if (workloads.isEmpty()) {
      workloads.add(Workload.ARCHIVES);
    }
    for (Path needed : against == null ? List.of(jar) : List.of(jar, against)) {
      if (!Files.isRegularFile(needed)) {
        throw new IllegalArgumentException("not built yet: " + needed);
      }
    }
  }

  private void set(String option, String value) {
    switch (option) {
      case "--rounds" -> rounds = Math.max(1, Integer.parseInt(value));
      case "--heap" -> heap = value;
      case "--jar" -> jar = Path.of(value);
      case "--against" -> against = Path.of(value);
      default -> throw new IllegalArgumentException("unknown option: " + option);
    }
  }

  private boolean runInTemporaryFolder() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("stagehound-benchmark");
    // Also when it is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    System.out.printf(
        "%d processors, heap %s, %d rounds%n",
        Runtime.getRuntime().availableProcessors(), heap, rounds);
    Telemetry tiny = write(Workload.ORDINARY, 10, folder.resolve("tiny.ndjson"));
    if (against != null) {
      compareVersions(against, tiny, folder);
    }
    for (Workload workload : workloads) {
      compare(workload, tiny, folder);
    }
    failures.forEach(failure -> System.out.println("FAILED: " + failure));
    return failures.isEmpty();
  }

  private void compare(Workload workload, Telemetry tiny, Path folder)
      throws IOException, InterruptedException {
    Telemetry hostile =
        write(workload, workload.events(), folder.resolve(workload.published() + ".ndjson"));
    Telemetry ordinary = ordinaryLike(workload, hostile, folder.resolve("ordinary.ndjson"));
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      double start = seconds(jar, tiny, folder);
      double ordinarySpeed = amount(ordinary, workload) / (seconds(jar, ordinary, folder) - start);
      double hostileSpeed = amount(hostile, workload) / (seconds(jar, hostile, folder) - start);
      ratios.add(hostileSpeed / ordinarySpeed);
      System.out.printf(
          "%-20s round %d: ordinary %,10.0f %s/s, hostile %,10.0f %s/s, ratio %.2f%n",
          workload.published(),
          round,
          ordinarySpeed,
          unit(workload),
          hostileSpeed,
          unit(workload),
          hostileSpeed / ordinarySpeed);
    }
    double ratio = median(ratios);
    System.out.printf("%-20s median ratio %.2f%n", workload.published(), ratio);
    require(
        ratio >= LEAST_RATIO,
        "%s: ratio %.2f < %.2f".formatted(workload.published(), ratio, LEAST_RATIO));
    watchHeap(workload, hostile, tiny, folder);
    Files.delete(hostile.file());
    Files.delete(ordinary.file());
  }

  /** As many events, since a process is slow at first; or as many bytes where events are huge. */
  private Telemetry ordinaryLike(Workload workload, Telemetry hostile, Path file)
      throws IOException {
    if (!workload.isMeasuredInBytes()) {
      return write(Workload.ORDINARY, hostile.events(), file);
    }
    Telemetry sample = write(Workload.ORDINARY, 10_000, file);
    long events = Files.size(hostile.file()) * sample.events() / Files.size(file);
    return write(Workload.ORDINARY, events, file);
  }

  private void compareVersions(Path other, Telemetry tiny, Path folder)
      throws IOException, InterruptedException {
    Telemetry ordinary =
        write(Workload.ORDINARY, Workload.ORDINARY.events(), folder.resolve("ordinary.ndjson"));
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      double otherStart = seconds(other, tiny, folder);
      double otherSpeed = ordinary.events() / (seconds(other, ordinary, folder) - otherStart);
      double start = seconds(jar, tiny, folder);
      double speed = ordinary.events() / (seconds(jar, ordinary, folder) - start);
      ratios.add(speed / otherSpeed);
      System.out.printf(
          "%-20s round %d: other jar %,10.0f events/s, this jar %,10.0f events/s, ratio %.2f%n",
          "ordinary", round, otherSpeed, speed, speed / otherSpeed);
    }
    double ratio = median(ratios);
    System.out.printf("%-20s median ratio %.2f%n", "ordinary", ratio);
    require(
        ratio >= LEAST_RATIO_TO_OTHER,
        "ordinary: ratio to the other jar %.2f < %.2f".formatted(ratio, LEAST_RATIO_TO_OTHER));
    Files.delete(ordinary.file());
  }

  /** In a hunt of its own, since looking at a heap stops it. */
  private void watchHeap(Workload workload, Telemetry hostile, Telemetry tiny, Path folder)
      throws IOException, InterruptedException {
    Duration start = Duration.ofMillis(Math.round(seconds(jar, tiny, folder) * 1000));
    List<Long> live = hunt(jar, hostile, folder, start).liveBytes();
    int quarter = live.size() / 4;
    if (quarter == 0) {
      System.out.printf("%-20s live heap: the hunt is too short to tell%n", workload.published());
      return;
    }
    double first = medianMebibytes(live.subList(0, quarter));
    double last = medianMebibytes(live.subList(live.size() - quarter, live.size()));
    System.out.printf(
        "%-20s live heap after full collections: first quarter %.1f MiB, last quarter %.1f MiB,"
            + " %d samples%n",
        workload.published(), first, last, live.size());
    require(
        last <= Math.max(first * (1 + MOST_GROWTH), first + BUFFERS_MEBIBYTES),
        "%s: the live heap grew from %.1f to %.1f MiB"
            .formatted(workload.published(), first, last));
  }

  private Hunt hunt(Path program, Telemetry telemetry, Path folder, @Nullable Duration startsIn)
      throws IOException, InterruptedException {
    Hunt hunt = Hunt.run(program, heap, telemetry.file(), folder, startsIn);
    String name = telemetry.file().getFileName().toString();
    require(
        hunt.records() == telemetry.events(),
        "%s: read %d of %d records".formatted(name, hunt.records(), telemetry.events()));
    require(
        hunt.found().equals(telemetry.expected()),
        "%s: found %s instead of %s".formatted(name, hunt.found(), telemetry.expected()));
    return hunt;
  }

  private void require(boolean asItMustBe, String otherwise) {
    if (!asItMustBe) {
      failures.add(otherwise);
    }
  }

  private double seconds(Path program, Telemetry telemetry, Path folder)
      throws IOException, InterruptedException {
    return hunt(program, telemetry, folder, null).seconds();
  }

  private static double amount(Telemetry telemetry, Workload workload) throws IOException {
    return workload.isMeasuredInBytes() ? Files.size(telemetry.file()) : telemetry.events();
  }

  private static String unit(Workload workload) {
    return workload.isMeasuredInBytes() ? "bytes" : "events";
  }

  private record Telemetry(Path file, long events, Expected expected) {}

  private static Telemetry write(Workload workload, long events, Path file) throws IOException {
    try (NxlogWriter out = new NxlogWriter(file, events, SEED)) {
      return new Telemetry(file, events, workload.write(out, events));
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static double medianMebibytes(List<Long> bytes) {
    return median(bytes.stream().map(value -> value / (double) (1 << 20)).toList());
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      System.err.println("left behind: " + folder + ": " + e);
    }
  }
}
