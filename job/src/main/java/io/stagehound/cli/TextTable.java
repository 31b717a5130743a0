package io.stagehound.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for a terminal: columns as wide as their longest cell, and no cell that it would obey.
 */
final class TextTable {

  private static final int WIDEST_CELL = 60;

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    add(header);
  }

  TextTable add(String... cells) {
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(Terminal.safe(cell, WIDEST_CELL));
    }
    rows.add(row);
    return this;
  }

  void print(PrintWriter out) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], Terminal.width(row.get(column)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        line.append("  ").append(cell).append(" ".repeat(widths[column] - Terminal.width(cell)));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
