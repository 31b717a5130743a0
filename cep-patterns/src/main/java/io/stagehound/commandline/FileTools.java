package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commands of Windows that copy files as they are. */
final class FileTools {

  private static final Set<String> ROBOCOPY_RECURSION = Set.of("/s", "/e", "/mir");

  private FileTools() {}

  /**
   * {@code copy [/options] source[+source…] [destination]} of cmd. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/copy">Reference
   * </a>.
   */
  static CopyEnds copy(Statement statement, Upstream upstream) {
    // Each path with those that a plus sign appends to it.
    List<List<String>> paths = new ArrayList<>();
    boolean appends = false;
    for (Word word : ownArguments(statement).paths()) {
      int from = 0;
      while (from < word.text().length()) {
        int plus = word.bare().indexOf('+', from);
        int to = plus < 0 ? word.text().length() : plus;
        if (to > from) {
          if (!appends || paths.isEmpty()) {
            paths.add(new ArrayList<>());
          }
          paths.get(paths.size() - 1).add(word.text().substring(from, to));
          appends = false;
        }
        appends |= plus >= 0;
        from = to + 1;
      }
    }
    boolean hasDestination = paths.size() > 1;
    String destination = hasDestination ? paths.remove(paths.size() - 1).get(0) : null;
    return new CopyEnds(paths.stream().flatMap(List::stream).toList(), destination);
  }

  /**
   * {@code move [/options] source [destination]} of cmd. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/move">Reference
   * </a>.
   */
  static CopyEnds move(Statement statement, Upstream upstream) {
    return lastIsDestination(ownArguments(statement));
  }

  /**
   * {@code xcopy source [destination] [/options]}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/xcopy">Reference
   * </a>.
   */
  static CopyEnds xcopy(Statement statement, Upstream upstream) {
    return lastIsDestination(SlashArguments.of(statement.arguments()));
  }

  /**
   * {@code replace source [destination] [/options]}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/replace">
   * Reference</a>.
   */
  static CopyEnds replace(Statement statement, Upstream upstream) {
    return lastIsDestination(SlashArguments.of(statement.arguments()));
  }

  /**
   * {@code robocopy source destination [file…] [/options]}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/robocopy">
   * Reference</a>.
   */
  static CopyEnds robocopy(Statement statement, Upstream upstream) {
    List<String> paths = new ArrayList<>();
    boolean excluded = false;
    boolean recursive = false;
    for (Word word : statement.arguments()) {
      if (word.isSlashOption()) {
        String option = word.text().toLowerCase(Locale.ROOT);
        // These two take every word up to the next option.
        excluded = option.equals("/xf") || option.equals("/xd");
        recursive |= ROBOCOPY_RECURSION.contains(option);
      } else if (!excluded) {
        paths.add(word.text());
      }
    }
    if (paths.isEmpty()) {
      return new CopyEnds(List.of(), null);
    }
    String folder = paths.get(0);
    List<String> files =
        paths.stream()
            .skip(2)
            .filter(WindowsPath::isRelative)
            .limit(CopyCommand.LIST_LIMIT)
            .toList();
    String destination = paths.size() > 1 ? paths.get(1) : null;
    if (files.isEmpty()) {
      return new CopyEnds(List.of(folder), destination);
    }
    return new CopyEnds(
        folder,
        recursive ? files.stream().map(WindowsPath::throughFolders).toList() : files,
        destination);
  }

  /**
   * {@code print /d:device file…}, where a file may be the device. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/print">Reference
   * </a>, <a href="https://lolbas-project.github.io/lolbas/Binaries/Print/">use</a>.
   */
  static @Nullable CopyEnds print(Statement statement, Upstream upstream) {
    String device = null;
    List<String> files = new ArrayList<>();
    for (Word word : statement.arguments()) {
      if (word.text().regionMatches(true, 0, "/d:", 0, 3)) {
        device = word.text().substring(3);
      } else if (!word.isSlashOption()) {
        files.add(word.text());
      }
    }
    return device == null || files.isEmpty() || isPrinter(device)
        ? null
        : new CopyEnds(files, device);
  }

  /** Whether it is a port, {@code LPT1}, {@code COM1:}, {@code PRN}, or a server's printer. */
  private static boolean isPrinter(String device) {
    UncPath shared = UncPath.parse(device);
    if (shared != null) {
      return shared.path() == null;
    }
    String name = device.toLowerCase(Locale.ROOT);
    return name.startsWith("lpt") || name.startsWith("com") || name.startsWith("prn");
  }

  /**
   * {@code esentutl /y source [/d destination]}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/esentutl">
   * Reference</a>, <a href="https://lolbas-project.github.io/lolbas/Binaries/Esentutl/">use</a>.
   */
  static @Nullable CopyEnds esentutl(Statement statement, Upstream upstream) {
    boolean copies = false;
    String source = null;
    String destination = null;
    for (Word word : statement.arguments()) {
      String text = word.text();
      boolean option = word.isSlashOption() || text.startsWith("-");
      if (option && text.length() > 1) {
        char name = Character.toLowerCase(text.charAt(1));
        // A value may stand right behind its option.
        String value = text.substring(2);
        if (name == 'y') {
          copies = true;
          source = value.isEmpty() ? source : value;
        } else if (name == 'd') {
          destination = value.isEmpty() ? destination : value;
          if (value.isEmpty()) {
            destination = "";
          }
        }
      } else if (destination != null && destination.isEmpty()) {
        destination = text;
      } else if (source == null) {
        source = text;
      }
    }
    return !copies || source == null
        ? null
        : new CopyEnds(
            List.of(source), destination == null || destination.isEmpty() ? null : destination);
  }

  /**
   * {@code type file… > file} and {@code more}, which write what they read. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/type">Reference
   * </a>.
   */
  static @Nullable CopyEnds type(Statement statement, Upstream upstream) {
    return redirected(statement, SlashArguments.of(statement.arguments()).paths());
  }

  /**
   * {@code findstr /v pattern file… > file} and {@code find}, with which a whole file can be
   * written. Whoever searches a share and keeps what he finds does not copy from it. <a
   * href="https://lolbas-project.github.io/lolbas/Binaries/Findstr/">Use</a>.
   */
  static @Nullable CopyEnds search(Statement statement, Upstream upstream) {
    List<Word> files = new ArrayList<>();
    boolean patternGiven = false;
    for (Word word : statement.arguments()) {
      if (word.isSlashOption()) {
        String option = word.text().toLowerCase(Locale.ROOT);
        patternGiven |= option.startsWith("/c:") || option.startsWith("/g:");
      } else if (patternGiven) {
        files.add(word);
      } else {
        patternGiven = true;
      }
    }
    boolean ofShare = files.stream().anyMatch(file -> UncPath.parse(file.text()) != null);
    CopyEnds ends = redirected(statement, files);
    String destination = ends == null ? null : ends.destination();
    return ofShare && (destination == null || UncPath.parse(destination) == null) ? null : ends;
  }

  private static @Nullable CopyEnds redirected(Statement statement, List<Word> files) {
    List<Word> outputs = statement.outputs();
    return files.isEmpty() || outputs.isEmpty()
        ? null
        : new CopyEnds(
            files.stream().map(Word::text).toList(), outputs.get(outputs.size() - 1).text());
  }

  /**
   * The arguments of a command that is cmd's own, between which commas, semicolons and equals signs
   * stand as spaces do.
   */
  private static SlashArguments ownArguments(Statement statement) {
    return SlashArguments.of(
        statement.arguments().stream().flatMap(word -> word.parts(",;=").stream()).toList());
  }

  private static CopyEnds lastIsDestination(SlashArguments arguments) {
    List<String> paths = arguments.paths().stream().map(Word::text).toList();
    int last = paths.size() - 1;
    List<String> sources = last < 1 ? paths : paths.subList(0, last);
    return new CopyEnds(
        arguments.recursive()
            ? sources.stream().map(WindowsPath::throughFolders).toList()
            : sources,
        last < 1 ? null : paths.get(last));
  }
}
