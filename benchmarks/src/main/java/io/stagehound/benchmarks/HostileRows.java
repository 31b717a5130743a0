package io.stagehound.benchmarks;

import io.stagehound.benchmarks.Row.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a hostile host costs: the throughput of a hunt through its workload, beside that through as
 * much ordinary telemetry, and how the live heap grows meanwhile. Start-up is left out.
 *
 * @param workload of the hostile host
 */
record HostileRows(Workload workload) implements Measurement {

  private static final double LEAST_RATIO = 0.5;
  private static final double MOST_GROWTH = 0.2;

  /**
   * A smaller heap counts as this much: a fifth is 16 MiB, the buffers that results are sorted in.
   */
  private static final double SMALLEST_MEBIBYTES = 80;

  @Override
  public List<Row> rows(Setting setting) throws IOException, InterruptedException {
    Path folder = setting.folder().resolve("hostile");
    Files.createDirectories(folder);
    Telemetry tiny = write(Workload.ORDINARY, 10, folder.resolve("tiny.ndjson"));
    Telemetry hostile = write(workload, workload.events(), folder.resolve("hostile.ndjson"));
    Telemetry ordinary = ordinaryLike(hostile, folder.resolve("ordinary.ndjson"));
    List<Row> rows =
        List.of(speed(tiny, hostile, ordinary, setting), liveHeap(tiny, hostile, setting));
    Folders.delete(folder);
    return rows;
  }

  /** As many events, since a process is slow at first; or as many bytes where events are huge. */
  private Telemetry ordinaryLike(Telemetry hostile, Path file) throws IOException {
    if (!workload.isMeasuredInBytes()) {
      return write(Workload.ORDINARY, hostile.records(), file);
    }
    Telemetry sample = write(Workload.ORDINARY, 10_000, file);
    long events = bytes(hostile) * sample.records() / bytes(sample);
    return write(Workload.ORDINARY, events, file);
  }

  private Row speed(Telemetry tiny, Telemetry hostile, Telemetry ordinary, Setting setting)
      throws IOException, InterruptedException {
    List<Double> ordinarySpeeds = new ArrayList<>();
    List<Double> hostileSpeeds = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= setting.rounds(); round++) {
      double start = Hunt.seconds(tiny, setting);
      double ordinarySpeed = amount(ordinary) / (Hunt.seconds(ordinary, setting) - start);
      double hostileSpeed = amount(hostile) / (Hunt.seconds(hostile, setting) - start);
      ordinarySpeeds.add(ordinarySpeed);
      hostileSpeeds.add(hostileSpeed);
      ratios.add(hostileSpeed / ordinarySpeed);
      System.err.printf(
          "%s, round %d: %,.0f %s/s; ordinary %,.0f%n",
          workload.published(), round, hostileSpeed, unit(), ordinarySpeed);
    }
    return new Row(
        workload.published(),
        "hostile host, " + unit() + "/s",
        "%,.0f".formatted(Medians.of(hostileSpeeds)),
        "%,.0f, ordinary telemetry".formatted(Medians.of(ordinarySpeeds)),
        Medians.of(ratios),
        Goal.atLeast(LEAST_RATIO));
  }

  /** In a hunt of its own, since looking at a heap stops it. */
  private Row liveHeap(Telemetry tiny, Telemetry hostile, Setting setting)
      throws IOException, InterruptedException {
    Duration start = Duration.ofMillis(Math.round(Hunt.seconds(tiny, setting) * 1000));
    List<Long> live = Hunt.liveBytes(hostile, start, setting);
    int quarter = live.size() / 4;
    if (quarter == 0) {
      return new Row(
          workload.published(), "growth of the live heap", "too short to tell", "-", null, null);
    }
    double first = medianMebibytes(live.subList(0, quarter));
    double last = medianMebibytes(live.subList(live.size() - quarter, live.size()));
    return new Row(
        workload.published(),
        "growth of the live heap, MiB in the last quarter",
        "%.1f".formatted(last),
        "%.1f, first quarter".formatted(first),
        (last - first) / Math.max(first, SMALLEST_MEBIBYTES),
        Goal.atMost(MOST_GROWTH));
  }

  private double amount(Telemetry telemetry) throws IOException {
    return workload.isMeasuredInBytes() ? bytes(telemetry) : telemetry.records();
  }

  private String unit() {
    return workload.isMeasuredInBytes() ? "bytes" : "events";
  }

  private static Telemetry write(Workload workload, long events, Path file) throws IOException {
    try (NxlogWriter out = new NxlogWriter(file, events, FleetTelemetry.SEED)) {
      return new Telemetry(List.of(file), events, workload.write(out, events));
    }
  }

  private static long bytes(Telemetry telemetry) throws IOException {
    return Files.size(telemetry.files().get(0));
  }

  private static double medianMebibytes(List<Long> bytes) {
    return Medians.of(bytes.stream().map(value -> value / (double) (1 << 20)).toList());
  }
}
