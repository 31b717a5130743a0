package io.stagehound.score;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.UncPath;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A finding on one event beyond the five indicators: it stands beside the score, never in it. */
public enum Signal {
  /** A copy writes, or may write, to a UNC path. */
  COPY_TO_UNC("copy-to-unc"),
  /** A copy reads from a UNC path. */
  COPY_FROM_UNC("copy-from-unc"),
  /** A UNC path written to is the machine itself. */
  LOOPBACK_TARGET("loopback-target"),
  /** A UNC path written to is an administrative share: {@code C$}, {@code ADMIN$}, … */
  ADMIN_SHARE_TARGET("admin-share-target");

  private final String published;

  Signal(String published) {
    this.published = published;
  }

  /** The name that detections carry in {@code signals}. */
  public String published() {
    return published;
  }

  static Set<Signal> of(@Nullable CopyCommand copy, String hostKey) {
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    if (copy == null) {
      return signals;
    }
    if (copy.direction().mayPush()) {
      signals.add(COPY_TO_UNC);
    }
    if (copy.direction().pulls()) {
      signals.add(COPY_FROM_UNC);
    }
    for (UncPath target : copy.targets()) {
      if (target.isLoopback(hostKey)) {
        signals.add(LOOPBACK_TARGET);
      }
      if (target.isAdminShare()) {
        signals.add(ADMIN_SHARE_TARGET);
      }
    }
    return signals;
  }
}
