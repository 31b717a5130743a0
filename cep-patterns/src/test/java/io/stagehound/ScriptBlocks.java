package io.stagehound;

import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import org.jspecify.annotations.Nullable;

/** Records of script blocks for tests. */
public final class ScriptBlocks {

  private ScriptBlocks() {}

  /** One part of a script. */
  public static SysmonEvent part(
      long time,
      String host,
      @Nullable String id,
      @Nullable String text,
      @Nullable Integer number,
      @Nullable Integer total) {
    return new SysmonEvent(
        EventType.SCRIPT_BLOCK,
        time,
        TimeSource.SYSTEM_TIME,
        host,
        "CORP\\alice",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        text,
        id,
        number,
        total,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** A part of a script on a host of no interest. */
  public static SysmonEvent part(String text, int number, int total) {
    return part(1_000 + number, "ws1", "d5f310ed", text, number, total);
  }

  /** A whole script. */
  public static SysmonEvent whole(long time, String text) {
    return part(time, "ws1", "d5f310ed", text, null, null);
  }
}
