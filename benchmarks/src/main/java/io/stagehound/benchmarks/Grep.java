package io.stagehound.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Counts the lines that have one of the two event ids, in the locale that it finds. */
final class Grep implements Rival {

  @Override
  public String title() throws IOException, InterruptedException {
    Process version = new ProcessBuilder("grep", "--version").redirectErrorStream(true).start();
    try (var lines = version.inputReader()) {
      return lines.readLine() + ", " + locale();
    }
  }

  /** It decides the speed of grep. */
  private static String locale() {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .map(System::getenv)
        .filter(value -> value != null && !value.isEmpty())
        .findFirst()
        .orElse("C");
  }

  @Override
  public double floor() {
    return 1;
  }

  @Override
  public double seconds(Telemetry telemetry, Setting setting)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("grep", "-c", "-h", "-E"));
    command.add("\"EventID\":(1|11),");
    telemetry.files().forEach(file -> command.add(file.toString()));
    Path printed = setting.folder().resolve("grep.txt");
    double seconds = ChildProcess.run(new ProcessBuilder(command), printed);
    long found = Files.readAllLines(printed).stream().mapToLong(Long::parseLong).sum();
    if (found == 0 || found >= telemetry.records()) {
      throw new IllegalStateException("grep counted " + found + " lines");
    }
    return seconds;
  }
}
