package io.stagehound.receiver;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.UncPath;
import io.stagehound.event.FilePath;
import io.stagehound.step.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A copy to one share, as its server may see it.
 *
 * @param server the server's key
 * @param share the share's name, lower-cased
 * @param host the key of the host that copies
 * @param time when the copy began, in milliseconds since the epoch, UTC
 * @param names the names of the files that it may write there, lower-cased, at most {@value
 *     #NAMES_KEPT}
 * @param step the copy
 */
public record Push(
    String server, String share, String host, long time, List<String> names, Step step) {

  /** The most names that are listed. */
  public static final int NAMES_KEPT = 40;

  /** The most shares that one copy is followed to. */
  private static final int MOST_SHARES = 20;

  /** What the pushes to one share have in common. */
  public String shareKey() {
    return server + "\\" + share;
  }

  /**
   * The pushes that a copy is, one for each share, that of its own host left out.
   *
   * @param taken the paths of archives that it may take
   */
  public static List<Push> of(Step copy, List<String> taken) {
    CopyCommand command = copy.detection().copy();
    if (command == null) {
      return List.of();
    }
    String host = copy.detection().event().hostKey();
    Map<String, Push> pushes = new LinkedHashMap<>();
    for (UncPath target : command.targets()) {
      String server = target.serverKey(host);
      String share = target.share().toLowerCase(Locale.ROOT);
      if (!server.equals(host) && pushes.size() < MOST_SHARES) {
        Push push = new Push(server, share, host, copy.time(), names(command, taken), copy);
        pushes.putIfAbsent(push.shareKey(), push);
      }
    }
    return new ArrayList<>(pushes.values());
  }

  /** The last names of what is copied, of where it is put, and of the archives taken. */
  private static List<String> names(CopyCommand command, List<String> taken) {
    List<String> names = new ArrayList<>();
    for (String path : taken) {
      // What is told with this copy may be of others that were held back.
      if (command.names(path)) {
        add(FilePath.name(path), names);
      }
    }
    for (String source : command.sources()) {
      add(FilePath.name(source), names);
    }
    for (UncPath target : command.targets()) {
      if (target.path() != null) {
        add(FilePath.name(target.path()), names);
      }
    }
    return names;
  }

  /** A wildcard names no file; a name without a dot is a folder's, most likely. */
  private static void add(String name, List<String> names) {
    boolean file = name.indexOf('.') > 0 && name.indexOf('*') < 0 && name.indexOf('?') < 0;
    if (file && names.size() < NAMES_KEPT && !names.contains(name)) {
      names.add(name);
    }
  }
}
