package io.stagehound.file;

import java.io.IOException;
import java.util.List;
import org.apache.flink.core.fs.Path;

/**
 * The files that a user means by files, folders and globs. A file that several of them lead to, by
 * whatever links, is one.
 *
 * @param files what to read, each once, in the order named; those of a folder by name
 * @param bytes total size of {@code files}
 * @param pieces how many pieces of them can be read at once
 * @param skipped files of the folders that hold no telemetry by their name, as a user would write
 *     them: hidden ones (among them the {@code ._*} of AppleDouble), Markdown and YAML
 * @param results folders with results of earlier hunts, which are passed over
 * @param unreadable what else is neither read nor looked into, each with the reason
 */
public record TelemetryFiles(
    List<Path> files,
    long bytes,
    long pieces,
    List<String> skipped,
    List<String> results,
    List<Unreadable> unreadable) {

  /**
   * What could not be read.
   *
   * @param path as a user would write it
   * @param reason why not, in a few words
   */
  public record Unreadable(String path, String reason) {}

  /**
   * Finds them.
   *
   * @param paths files, folders (searched to the bottom, links followed) and globs ({@code *},
   *     {@code ?}, {@code [ab]}, {@code {a,b}}, {@code **}), of this machine or with the scheme of
   *     a file system that Flink knows; {@code -} for standard input
   * @param output the folder that the hunt will write to, whose results are never read
   * @throws WrongPathException if a path does not exist, cannot be read or holds no file
   */
  public static TelemetryFiles find(List<String> paths, Path output) throws IOException {
    TelemetrySearch search = new TelemetrySearch(output);
    for (String path : paths) {
      search.add(path);
    }
    TelemetryFiles found = search.found();
    if (found.files.isEmpty()) {
      throw new WrongPathException(
          "no files to read in " + String.join(", ", paths) + ": " + found.whyNone());
    }
    return found;
  }

  private String whyNone() {
    if (!unreadable.isEmpty()) {
      Unreadable first = unreadable.get(0);
      return first.path() + " could not be read (" + first.reason() + ")";
    }
    if (!results.isEmpty()) {
      return "only the results of an earlier hunt";
    }
    return skipped.isEmpty()
        ? "is this the right folder?"
        : "by its name " + skipped.get(0) + " is no telemetry; name it to have it read";
  }
}
