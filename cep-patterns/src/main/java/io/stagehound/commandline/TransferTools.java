package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs made for downloads and other ends, which take paths and so copy files as well. */
final class TransferTools {

  /** Verbs of certutil that write what they read to another file. */
  private static final Set<String> CERTUTIL_VERBS =
      Set.of("encode", "decode", "encodehex", "decodehex", "urlcache");

  private static final Set<String> RCLONE_VERBS =
      Set.of("copy", "copyto", "sync", "move", "moveto");

  /** Options of rclone whose value is the next word. */
  private static final Set<String> RCLONE_VALUES =
      Set.of(
          "--config",
          "--transfers",
          "--checkers",
          "--include",
          "--include-from",
          "--exclude",
          "--exclude-from",
          "--filter",
          "--filter-from",
          "--files-from",
          "--max-age",
          "--min-age",
          "--max-size",
          "--min-size",
          "--bwlimit",
          "--log-file",
          "--log-level",
          "--retries",
          "--backup-dir",
          "-f");

  private static final Set<String> BITSADMIN_VALUES =
      Set.of("/priority", "/aclflags", "-priority", "-aclflags");

  private TransferTools() {}

  /** Whether it is an address of the web, and no path. */
  static boolean isUrl(String text) {
    return text.contains("://");
  }

  /**
   * {@code certutil -encode source destination} and other verbs. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/certutil">
   * Reference</a>, <a href="https://lolbas-project.github.io/lolbas/Binaries/Certutil/">use</a>.
   */
  static @Nullable CopyEnds certutil(Statement statement, Upstream upstream) {
    boolean copies = false;
    List<String> files = new ArrayList<>();
    for (Word word : statement.arguments()) {
      String text = word.text();
      if (word.isSlashOption() || text.startsWith("-")) {
        copies |= CERTUTIL_VERBS.contains(text.substring(1).toLowerCase(Locale.ROOT));
      } else {
        files.add(text);
      }
    }
    return copies && files.size() > 1 ? ends(files.subList(0, 1), files.get(1)) : null;
  }

  /**
   * {@code bitsadmin /transfer job [/upload] remote local …} and {@code /addfile}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/bitsadmin-transfer">
   * Reference</a>.
   */
  static @Nullable CopyEnds bitsadmin(Statement statement, Upstream upstream) {
    boolean copies = false;
    boolean uploads = false;
    List<String> names = new ArrayList<>();
    List<Word> words = statement.arguments();
    for (int i = 0; i < words.size(); i++) {
      String text = words.get(i).text();
      if (words.get(i).isSlashOption() || text.startsWith("-")) {
        String option = text.toLowerCase(Locale.ROOT);
        copies |= option.endsWith("transfer") || option.endsWith("addfile");
        uploads |= option.endsWith("upload");
        i += BITSADMIN_VALUES.contains(option) ? 1 : 0;
      } else {
        names.add(text);
      }
    }
    // The name of the job, then pairs of what is far and what is near.
    if (!copies || names.size() < 3) {
      return null;
    }
    String far = names.get(1);
    String near = names.get(2);
    return uploads ? ends(List.of(near), far) : ends(List.of(far), near);
  }

  /**
   * {@code rclone copy|sync|move source destination}. <a
   * href="https://rclone.org/commands/rclone_copy/">Reference</a>.
   */
  static @Nullable CopyEnds rclone(Statement statement, Upstream upstream) {
    List<String> names = new ArrayList<>();
    List<Word> words = statement.arguments();
    for (int i = 0; i < words.size(); i++) {
      String text = words.get(i).text();
      if (!text.startsWith("-")) {
        names.add(text);
      } else if (RCLONE_VALUES.contains(text)) {
        i++;
      }
    }
    return names.size() > 2
            && RCLONE_VERBS.contains(names.get(0))
            && !isRemote(names.get(1))
            && !isRemote(names.get(2))
        ? new CopyEnds(List.of(names.get(1)), names.get(2))
        : null;
  }

  /** Whether rclone takes it for a place in a cloud: a name and a colon. */
  private static boolean isRemote(String name) {
    return name.indexOf(':') > 1 && UncPath.parse(name) == null;
  }

  /**
   * {@code wmic datafile where name='…' call copy destination}, with its backslashes doubled. <a
   * href="https://learn.microsoft.com/windows/win32/cimwin32prov/copy-method-in-class-cim-datafile">
   * Reference</a>.
   */
  static @Nullable CopyEnds wmic(Statement statement, Upstream upstream) {
    String source = null;
    String destination = null;
    List<Word> words = statement.arguments();
    for (int i = 0; i < words.size(); i++) {
      String text = words.get(i).text();
      String lower = text.toLowerCase(Locale.ROOT);
      int name = lower.indexOf("name=");
      if (name >= 0) {
        source = singled(withoutQuotes(text.substring(name + "name=".length())));
      }
      boolean copies = i > 0 && words.get(i - 1).text().equalsIgnoreCase("call");
      if (copies && (lower.equals("copy") || lower.equals("rename")) && i + 1 < words.size()) {
        destination = singled(withoutQuotes(words.get(i + 1).text()));
      }
    }
    return destination == null || destination.isEmpty()
        ? null
        : new CopyEnds(source == null ? List.of() : List.of(source), destination);
  }

  private static String withoutQuotes(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && "'\"(".indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    for (int i = from; i < to; i++) {
      if ("'\")".indexOf(text.charAt(i)) >= 0) {
        to = i;
      }
    }
    return text.substring(from, to);
  }

  /** A path whose backslashes are doubled, as strings of WMI have them, with one for each two. */
  private static String singled(String path) {
    boolean doubled = path.startsWith("\\\\\\\\") || path.startsWith(":\\\\", 1);
    return doubled ? path.replace("\\\\", "\\") : path;
  }

  private static @Nullable CopyEnds ends(List<String> sources, String destination) {
    boolean web = isUrl(destination) || sources.stream().anyMatch(TransferTools::isUrl);
    return web ? null : new CopyEnds(sources, destination);
  }
}
