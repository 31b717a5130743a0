package io.stagehound.commandline;

import io.stagehound.event.SysmonEvent;
import org.jspecify.annotations.Nullable;

/** Reads from a process start what it copies to or from a UNC path. */
public final class CommandLineAnalyzer {

  private CommandLineAnalyzer() {}

  /**
   * The copy that this event's command line makes; null when it makes none that names a UNC path.
   */
  public static @Nullable CopyCommand analyze(SysmonEvent event) {
    return null;
  }
}
