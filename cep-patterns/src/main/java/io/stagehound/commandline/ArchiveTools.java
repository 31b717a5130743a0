package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs that write archives, or what is in them, to the place they are told. */
final class ArchiveTools {

  private static final Set<String> SEVEN_ZIP_PACKS = Set.of("a", "u");

  private static final Set<String> RAR_PACKS = Set.of("a", "u", "f", "m", "mf");

  private static final Set<String> UNPACKS = Set.of("x", "e");

  /** Options of tar whose value is the rest of the word, or the next one. */
  private static final String TAR_VALUES = "fCbXTIs";

  private ArchiveTools() {}

  /**
   * {@code extrac32 /y /c source destination}, and {@code cabinet /l folder}. <a
   * href="https://lolbas-project.github.io/lolbas/Binaries/Extrac32/">Reference</a>.
   */
  static @Nullable CopyEnds extrac32(Statement statement, Upstream upstream) {
    List<String> paths = new ArrayList<>();
    String folder = null;
    boolean copies = false;
    List<Word> words = statement.arguments();
    for (int i = 0; i < words.size(); i++) {
      if (!words.get(i).isSlashOption()) {
        paths.add(words.get(i).text());
      } else if (words.get(i).text().equalsIgnoreCase("/l") && i + 1 < words.size()) {
        folder = words.get(++i).text();
      } else {
        copies |= words.get(i).text().equalsIgnoreCase("/c");
      }
    }
    if (paths.isEmpty()) {
      return null;
    }
    String destination = copies && paths.size() > 1 ? paths.get(1) : folder;
    return new CopyEnds(paths.subList(0, 1), destination);
  }

  /**
   * {@code expand source… destination}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/expand">
   * Reference</a>, <a href="https://lolbas-project.github.io/lolbas/Binaries/Expand/">use</a>.
   */
  static @Nullable CopyEnds expand(Statement statement, Upstream upstream) {
    List<String> paths = new ArrayList<>();
    for (Word word : statement.arguments()) {
      boolean option = word.isSlashOption() || word.text().startsWith("-");
      if (option && word.text().substring(1).equalsIgnoreCase("d")) {
        // Only shows what is in it.
        return null;
      }
      if (!option) {
        paths.add(word.text());
      }
    }
    int last = paths.size() - 1;
    return last < 0
        ? null
        : new CopyEnds(paths.subList(0, Math.max(1, last)), last < 1 ? null : paths.get(last));
  }

  /**
   * {@code makecab source destination}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/makecab">
   * Reference</a>, <a href="https://lolbas-project.github.io/lolbas/Binaries/Makecab/">use</a>.
   */
  static @Nullable CopyEnds makecab(Statement statement, Upstream upstream) {
    List<String> paths = new ArrayList<>();
    String folder = null;
    List<Word> words = statement.arguments();
    for (int i = 0; i < words.size(); i++) {
      String text = words.get(i).text().toLowerCase(Locale.ROOT);
      if (!words.get(i).isSlashOption()) {
        paths.add(words.get(i).text());
      } else if (text.equals("/l") && i + 1 < words.size()) {
        folder = words.get(++i).text();
      } else if (text.equals("/d")) {
        i++;
      } else if (text.equals("/f")) {
        // The paths stand in a file of directives.
        return null;
      }
    }
    if (paths.isEmpty()) {
      return null;
    }
    if (paths.size() == 1) {
      return new CopyEnds(paths, folder);
    }
    String destination = paths.get(1);
    return new CopyEnds(
        paths.subList(0, 1),
        folder != null && WindowsPath.isRelative(destination)
            ? WindowsPath.join(folder, destination)
            : destination);
  }

  /**
   * {@code tar -cf archive file…} and {@code tar -xf archive -C folder}. <a
   * href="https://man.freebsd.org/cgi/man.cgi?query=bsdtar">Reference</a>.
   */
  static @Nullable CopyEnds tar(Statement statement, Upstream upstream) {
    String archive = null;
    String folder = null;
    char mode = 0;
    List<String> files = new ArrayList<>();
    List<String> words = statement.arguments().stream().map(Word::text).toList();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      if (word.startsWith("--")) {
        String name = word.substring(2);
        if (name.startsWith("file=")) {
          archive = name.substring("file=".length());
        } else if (name.equals("file")) {
          archive = next;
          i++;
        } else if (name.equals("directory")) {
          folder = next;
          i++;
        } else {
          mode = mode == 0 ? tarMode(name) : mode;
        }
      } else if (word.startsWith("-") || i == 0) {
        // Letters together, each an option; the first word needs no dash.
        boolean valueTaken = false;
        for (int j = word.startsWith("-") ? 1 : 0; j < word.length() && !valueTaken; j++) {
          char option = word.charAt(j);
          if (TAR_VALUES.indexOf(option) >= 0) {
            boolean apart = j == word.length() - 1;
            String value = apart ? next : word.substring(j + 1);
            i += apart ? 1 : 0;
            archive = option == 'f' ? value : archive;
            folder = option == 'C' ? value : folder;
            valueTaken = true;
          } else if (mode == 0 && "cxru".indexOf(option) >= 0) {
            mode = option;
          }
        }
      } else {
        files.add(word);
      }
    }
    if (archive == null || archive.isEmpty() || archive.equals("-") || mode == 0) {
      return null;
    }
    return mode == 'x'
        ? new CopyEnds(List.of(archive), folder)
        : new CopyEnds(folder, files, archive);
  }

  private static char tarMode(String name) {
    return switch (name) {
      case "create" -> 'c';
      case "extract" -> 'x';
      case "append" -> 'r';
      case "update" -> 'u';
      default -> 0;
    };
  }

  /**
   * {@code 7z a archive file…} and {@code 7z x archive -ofolder}. <a
   * href="https://7-zip.opensource.jp/chm/cmdline/index.htm">Reference</a>.
   */
  static @Nullable CopyEnds sevenZip(Statement statement, Upstream upstream) {
    List<String> names = new ArrayList<>();
    String folder = null;
    for (Word word : statement.arguments()) {
      if (!word.text().startsWith("-")) {
        names.add(word.text());
      } else if (word.text().startsWith("-o")) {
        folder = word.text().substring(2);
      }
    }
    if (names.size() < 2) {
      return null;
    }
    String verb = names.get(0).toLowerCase(Locale.ROOT);
    if (UNPACKS.contains(verb)) {
      return new CopyEnds(names.subList(1, 2), folder);
    }
    return SEVEN_ZIP_PACKS.contains(verb)
        ? new CopyEnds(names.subList(2, names.size()), names.get(1))
        : null;
  }

  /**
   * {@code rar a archive file…} and {@code rar x archive folder\}. <a
   * href="https://documentation.help/WinRAR/HELPCommandLineSyntax.htm">Reference</a>.
   */
  static @Nullable CopyEnds rar(Statement statement, Upstream upstream) {
    List<String> names =
        statement.arguments().stream()
            .filter(word -> !word.text().startsWith("-") && !word.isSlashOption())
            .map(Word::text)
            .toList();
    if (names.size() < 2) {
      return null;
    }
    String verb = names.get(0).toLowerCase(Locale.ROOT);
    if (UNPACKS.contains(verb)) {
      String last = names.get(names.size() - 1);
      return new CopyEnds(
          names.subList(1, 2), names.size() > 2 && last.endsWith("\\") ? last : null);
    }
    return RAR_PACKS.contains(verb)
        ? new CopyEnds(names.subList(2, names.size()), names.get(1))
        : null;
  }
}
