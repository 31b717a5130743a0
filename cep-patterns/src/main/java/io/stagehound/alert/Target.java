package io.stagehound.alert;

import io.stagehound.commandline.UncPath;
import java.util.Comparator;

/**
 * A share that data was copied to.
 *
 * @param server host name or address, as written
 * @param share share name, as written
 * @param loopback whether the server is the copying machine itself
 */
public record Target(String server, String share, boolean loopback) {

  /** By name; two spellings of one share that differ in case alone are the same target. */
  static final Comparator<Target> ORDER =
      Comparator.comparing(Target::server, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Target::share, String.CASE_INSENSITIVE_ORDER);

  /** By name, and the spelling of a name: of equal targets the first one is kept. */
  static final Comparator<Target> SPELLING =
      ORDER.thenComparing(Target::server).thenComparing(Target::share);

  static Target of(UncPath path, String hostKey) {
    return new Target(path.server(), path.share(), path.isLoopback(hostKey));
  }

  /** {@code \\\\server\\share}. */
  String text() {
    return "\\\\" + server + "\\" + share;
  }
}
