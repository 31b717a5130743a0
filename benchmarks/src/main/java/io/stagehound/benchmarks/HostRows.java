package io.stagehound.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an event costs the live graph with few hosts and with very many, each with an archive open,
 * on both state backends; and what is kept of a host, and how long a checkpoint of all takes.
 */
final class HostRows implements Measurement {

  private static final int FEW = 1_000;
  private static final List<Integer> MANY = List.of(100_000, 1_000_000);

  /** How many events are timed. */
  private static final long EVENTS = 1_000_000;

  /** Each of them has some megabytes, which RocksDB writes again and again. */
  private static final int FULL = 10;

  /** What an event may cost with many hosts, as often as with few. */
  private static final double MOST_GROWTH = 1.2;

  private static final String NAME = "hosts";

  /** A state backend, and what it is given. */
  private record Backend(String title, String option, String heap) {}

  private static final List<Backend> BACKENDS =
      List.of(new Backend("heap", "hashmap", "6g"), new Backend("RocksDB", "rocksdb", "2g"));

  @Override
  public List<Row> rows(Setting setting) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Backend backend : BACKENDS) {
      rows.addAll(rows(backend, setting));
    }
    return rows;
  }

  private static List<Row> rows(Backend backend, Setting setting)
      throws IOException, InterruptedException {
    Map<Integer, List<HostCosts>> costs = new TreeMap<>();
    costs.put(FEW, new ArrayList<>());
    MANY.forEach(hosts -> costs.put(hosts, new ArrayList<>()));
    for (int round = 1; round <= setting.rounds(); round++) {
      for (Map.Entry<Integer, List<HostCosts>> of : costs.entrySet()) {
        // What is not through once is not tried again.
        if (of.getValue().size() == round - 1) {
          load(backend, of.getKey(), false, setting).ifPresent(of.getValue()::add);
        }
      }
    }
    List<HostCosts> ofFew = costs.getOrDefault(FEW, List.of());
    List<Row> rows = new ArrayList<>();
    List<Row> state = new ArrayList<>();
    costs.forEach(
        (hosts, ofThese) -> {
          if (hosts != FEW) {
            rows.add(cost(backend, hosts, ofThese, ofFew));
            ofThese.stream().limit(1).forEach(one -> state.addAll(state(backend, hosts, one)));
          }
        });
    rows.addAll(state);
    load(backend, FULL, true, setting)
        .ifPresent(
            full ->
                rows.add(
                    row(
                        "state of a host with a full memory, " + backend.title,
                        bytes(backend, full.rememberedBytes(), full.rememberedLive(), FULL))));
    return rows;
  }

  private static Row cost(
      Backend backend, int hosts, List<HostCosts> costs, List<HostCosts> ofFew) {
    boolean through = !costs.isEmpty() && !ofFew.isEmpty();
    return new Row(
        NAME,
        "us an event, %,d hosts, %s".formatted(hosts, backend.title),
        cost(costs),
        cost(ofFew) + ", %,d hosts".formatted(FEW),
        through ? nanos(costs) / nanos(ofFew) : null,
        Row.Goal.atMost(MOST_GROWTH));
  }

  private static String cost(List<HostCosts> costs) {
    return costs.isEmpty()
        ? HostLoad.NOT_THROUGH + HostLoad.LONGEST.toMinutes() + " min"
        : "%.2f (%.2f of processors)"
            .formatted(
                nanos(costs) / 1e3,
                Medians.of(costs.stream().map(HostCosts::cpuNanos).toList()) / 1e3);
  }

  private static double nanos(List<HostCosts> costs) {
    return Medians.of(costs.stream().map(HostCosts::nanos).toList());
  }

  private static List<Row> state(Backend backend, int hosts, HostCosts costs) {
    String of = ", %,d hosts, %s".formatted(hosts, backend.title);
    return List.of(
        row(
            "state of a host with an archive" + of,
            bytes(backend, costs.rememberedBytes(), costs.rememberedLive(), hosts)),
        row(
            "state of a quiet host" + of,
            bytes(backend, costs.quietBytes(), costs.quietLive(), hosts)),
        row(
            "checkpoint" + of,
            "%,.1f s, %,.0f MiB"
                .formatted(costs.loadedMillis() / 1e3, costs.loadedBytes() / (1 << 20))));
  }

  private static String bytes(Backend backend, double stored, double live, int hosts) {
    String savepoint = "%,.0f bytes of a savepoint".formatted(stored / hosts);
    // With RocksDB it is not there.
    return backend.option.equals("hashmap")
        ? "%s, %,.0f of heap".formatted(savepoint, live / hosts)
        : savepoint;
  }

  private static Row row(String measured, String value) {
    return new Row(NAME, measured, value, "-", null, null);
  }

  private static Optional<HostCosts> load(Backend backend, int hosts, boolean full, Setting setting)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(setting.folder(), "hosts");
    Path printed = setting.folder().resolve("printed.txt");
    ChildProcess.run(
        Child.java(
            List.of("-Xmx" + backend.heap, "-XX:+UseG1GC"),
            HostLoad.class.getName(),
            backend.option,
            Integer.toString(hosts),
            Long.toString(EVENTS),
            Boolean.toString(full),
            folder.toString()),
        printed);
    Folders.delete(folder);
    String all = Files.readString(printed);
    if (all.contains(HostLoad.NOT_THROUGH)) {
      System.err.printf("%s, %,d hosts: not through%n", backend.title, hosts);
      return Optional.empty();
    }
    int measured = all.lastIndexOf(HostLoad.MEASURED);
    if (measured < 0) {
      throw new IllegalStateException("nothing was measured:\n" + all);
    }
    HostCosts costs = HostCosts.of(all.substring(measured + HostLoad.MEASURED.length()));
    System.err.printf(
        "%s, %,d hosts%s: %s%n", backend.title, hosts, full ? " with full memories" : "", costs);
    return Optional.of(costs);
  }
}
