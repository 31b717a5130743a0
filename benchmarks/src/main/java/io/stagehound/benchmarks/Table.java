package io.stagehound.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows of all measurements, as text. */
final class Table {

  private static final List<String> HEAD =
      List.of("", "measured", "Stagehound", "compared with", "ratio", "goal", "met");

  private Table() {}

  static String of(List<Row> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    rows.forEach(row -> lines.add(cells(row)));
    List<Integer> widths =
        IntStream.range(0, HEAD.size())
            .mapToObj(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toList();
    return lines.stream()
        .map(
            line ->
                IntStream.range(0, line.size())
                    .mapToObj(i -> padded(line.get(i), widths.get(i)))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.name(),
        row.measured(),
        row.stagehound(),
        row.comparedWith(),
        row.ratio() == null ? "-" : "%.2f".formatted(row.ratio()),
        row.goal() == null ? "-" : row.goal().toString(),
        row.goal() == null ? "-" : row.isMissed() ? "NO" : "yes");
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
