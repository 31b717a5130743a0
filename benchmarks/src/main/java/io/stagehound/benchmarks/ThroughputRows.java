package io.stagehound.benchmarks;

import io.stagehound.benchmarks.Row.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Marginal throughput of a hunt beside that of others: how many records more a second more goes
 * through, from a smaller set to a larger. All go through the same files, in turn.
 *
 * @param rivals beside which the hunt is measured
 */
record ThroughputRows(List<Rival> rivals) implements Measurement {

  /** A share of what is sought. */
  private record Mix(String title, int thousandthsSought) {}

  private static final List<Mix> MIXES =
      List.of(new Mix("20 % sought", 200), new Mix("3 % sought", 30));

  @Override
  public List<Row> rows(Setting setting) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Mix mix : MIXES) {
      Path folder = setting.folder().resolve("fleet");
      Telemetry small = write(mix, setting.small(), folder.resolve("small"), setting.files());
      Telemetry large = write(mix, setting.large(), folder.resolve("large"), setting.files());
      rows.addAll(rows(mix, small, large, setting));
      Folders.delete(folder);
    }
    return rows;
  }

  private static Telemetry write(Mix mix, long records, Path folder, int files) throws IOException {
    Files.createDirectories(folder);
    return FleetTelemetry.write(
        IntStream.range(0, files).mapToObj(i -> folder.resolve("fleet-" + i + ".json")).toList(),
        records,
        mix.thousandthsSought());
  }

  private List<Row> rows(Mix mix, Telemetry small, Telemetry large, Setting setting)
      throws IOException, InterruptedException {
    Timings own = new Timings();
    List<Timings> others = rivals.stream().map(rival -> new Timings()).toList();
    for (int round = 1; round <= setting.rounds(); round++) {
      own.add(Hunt.seconds(small, setting), Hunt.seconds(large, setting));
      System.err.printf("%s, round %d: Stagehound %s", mix.title(), round, own);
      for (int i = 0; i < rivals.size(); i++) {
        Rival rival = rivals.get(i);
        others.get(i).add(rival.seconds(small, setting), rival.seconds(large, setting));
        System.err.printf("; %s %s", rival.title(), others.get(i));
      }
      System.err.println();
    }
    double speed = own.marginal(setting);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < rivals.size(); i++) {
      Rival rival = rivals.get(i);
      double otherSpeed = others.get(i).marginal(setting);
      rows.add(
          new Row(
              "throughput",
              "hunt, records/s, " + mix.title(),
              "%,.0f".formatted(speed),
              "%,.0f, %s".formatted(otherSpeed, rival.title()),
              speed / otherSpeed,
              Goal.atLeast(rival.floor())));
    }
    return rows;
  }
}
