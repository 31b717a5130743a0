package io.stagehound.benchmarks;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures Stagehound beside other programs, prints one table, and fails where a goal is missed.
 */
public final class Benchmark {

  private static final String USAGE =
      """
      usage: benchmarks/run [OPTIONS] [MEASUREMENT...|all]
        --rounds N          how often each comparison is made; the median counts (3)
        --small N           records of the smaller set (1000000)
        --large N           records of the larger set (4000000)
        --files N           over how many files a set is spread (one for each processor)
        --heap SIZE         of each process that is measured (1g)
        --against LAUNCHER  the stagehound script of another version, to compare with as well
      measurements: %s
      without any: %s""";

  private static final Duration LONGEST_END = Duration.ofSeconds(20);

  private Path launcher = Path.of("stagehound");
  private String heap = "1g";
  private int rounds = 3;
  private long small = 1_000_000;
  private long large = 4_000_000;
  private int files = Runtime.getRuntime().availableProcessors();
  private final List<Rival> rivals = new ArrayList<>(List.of(new Plain(), new Grep()));
  private final Set<String> chosen = new HashSet<>();

  private Benchmark() {}

  /** Exits with 0 when each goal is met, 1 when one is missed, 2 for wrong usage. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.println(usage());
      return;
    }
    Benchmark benchmark = new Benchmark();
    try {
      benchmark.configure(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println("benchmarks/run: " + e.getMessage());
      System.err.println(usage());
      System.exit(2);
    }
    try {
      System.exit(benchmark.run() ? 0 : 1);
    } catch (InterruptedException | ClosedByInterruptException e) {
      System.err.println("benchmarks/run: interrupted");
    }
  }

  /** All there is to measure, by its name on the command line. */
  private static Map<String, Measurement> measurements(List<Rival> rivals) {
    Map<String, Measurement> measurements = new LinkedHashMap<>();
    measurements.put("throughput", new ThroughputRows(rivals));
    measurements.put("kafka", new KafkaRows());
    measurements.put("hosts", new HostRows());
    for (Workload workload : Workload.values()) {
      if (workload != Workload.ORDINARY) {
        measurements.put(workload.published(), new HostileRows(workload));
      }
    }
    return measurements;
  }

  /** What is measured unless said otherwise: one workload stands for all hostile ones. */
  private static List<String> usual() {
    return measurements(List.of()).entrySet().stream()
        .filter(
            measurement ->
                !(measurement.getValue() instanceof HostileRows hostile)
                    || hostile.workload() == Workload.ARCHIVES)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String usage() {
    return USAGE.formatted(
        String.join(" ", measurements(List.of()).keySet()), String.join(" ", usual()));
  }

  private void configure(List<String> args) {
    Set<String> known = measurements(rivals).keySet();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.startsWith("--")) {
        i++;
        if (i == args.size()) {
          throw new IllegalArgumentException(arg + " needs a value");
        }
        set(arg, args.get(i));
      } else if (arg.equals("all")) {
        chosen.addAll(known);
      } else if (known.contains(arg)) {
        chosen.add(arg);
      } else {
        throw new IllegalArgumentException("unknown measurement: " + arg);
      }
    }
    if (chosen.isEmpty()) {
      chosen.addAll(usual());
    }
    if (small >= large) {
      throw new IllegalArgumentException("--small must be less than --large");
    }
  }

  private void set(String option, String value) {
    switch (option) {
      case "--launcher" -> launcher = launcher(value);
      case "--against" -> rivals.add(new OtherVersion(launcher(value)));
      case "--heap" -> heap = value;
      case "--rounds" -> rounds = Math.toIntExact(positive(option, value));
      case "--files" -> files = Math.toIntExact(positive(option, value));
      case "--small" -> small = positive(option, value);
      case "--large" -> large = positive(option, value);
      default -> throw new IllegalArgumentException("unknown option: " + option);
    }
  }

  private static Path launcher(String value) {
    Path launcher = Path.of(value).toAbsolutePath();
    if (!Files.isExecutable(launcher)) {
      throw new IllegalArgumentException("no program: " + launcher);
    }
    return launcher;
  }

  private static long positive(String option, String value) {
    try {
      long number = Long.parseLong(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(option + " needs a number above 0, not " + value);
  }

  private boolean run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("stagehound-benchmark");
    CountDownLatch deleted = new CountDownLatch(1);
    Thread running = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(running, deleted)));
    try {
      return run(new Setting(launcher, heap, rounds, small, large, files, folder));
    } finally {
      Folders.delete(folder);
      deleted.countDown();
    }
  }

  /** Has the measurement end, with what it has started, and waits until nothing is left of it. */
  private static void interrupt(Thread running, CountDownLatch deleted) {
    running.interrupt();
    try {
      if (!deleted.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("benchmarks/run: temporary files are left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean run(Setting setting) throws IOException, InterruptedException {
    start(launcher, setting);
    for (Rival rival : rivals) {
      if (rival instanceof OtherVersion other) {
        start(other.launcher(), setting);
      }
    }
    List<Row> rows = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Map.Entry<String, Measurement> measurement : measurements(rivals).entrySet()) {
      if (!chosen.contains(measurement.getKey())) {
        continue;
      }
      try {
        List<Row> measured = measurement.getValue().rows(setting);
        rows.addAll(measured);
        measured.stream().filter(Row::isMissed).map(Benchmark::missed).forEach(failures::add);
      } catch (IllegalStateException e) {
        failures.add(measurement.getKey() + ": " + e.getMessage());
      }
    }
    System.out.println(Table.of(rows));
    System.out.println();
    System.out.println(Machine.describe());
    System.out.printf(
        "heap %s; median of %d rounds; %,d and %,d records in %d files, %,d hosts, seed %d%n",
        heap, rounds, small, large, files, FleetTelemetry.HOSTS, FleetTelemetry.SEED);
    failures.forEach(failure -> System.out.println("FAILED: " + failure));
    return failures.isEmpty();
  }

  /** What a launcher does once for each build must not count. */
  private static void start(Path launcher, Setting setting)
      throws IOException, InterruptedException {
    ChildProcess.run(
        new ProcessBuilder(launcher.toString(), "--version"),
        setting.folder().resolve("printed.txt"));
  }

  private static String missed(Row row) {
    return "%s: %s: %.2f, goal %s".formatted(row.name(), row.measured(), row.ratio(), row.goal());
  }
}
