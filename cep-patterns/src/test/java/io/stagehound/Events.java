package io.stagehound;

import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events for tests, with no more than a test is about. */
public final class Events {

  private Events() {}

  /** A process start. */
  public static SysmonEvent processCreate(
      String time, String host, @Nullable String image, @Nullable String commandLine) {
    return event(EventType.PROCESS_CREATE, millis(time), host, image, commandLine, null);
  }

  /** A file written. */
  public static SysmonEvent fileCreate(
      String time, String host, @Nullable String image, @Nullable String targetFilename) {
    return event(EventType.FILE_CREATE, millis(time), host, image, null, targetFilename);
  }

  /** An event with these fields and no other. */
  public static SysmonEvent event(
      EventType type,
      long time,
      String host,
      @Nullable String image,
      @Nullable String commandLine,
      @Nullable String targetFilename) {
    return new SysmonEvent(
        type,
        time,
        TimeSource.UTC_TIME,
        host,
        "CORP\\alice",
        image,
        commandLine,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        targetFilename,
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
        null);
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
