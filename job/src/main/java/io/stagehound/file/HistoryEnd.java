package io.stagehound.file;

import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.DecodedSink;
import io.stagehound.decode.RecordReader;
import io.stagehound.decode.TelemetryDecoder;
import io.stagehound.event.SysmonEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.Path;

/** Where files of history end, so that a live hunt can go on from there. */
public final class HistoryEnd {

  private HistoryEnd() {}

  /**
   * The time of the latest event in these files that is not in the future; empty when there is
   * none. Reads them all: history is in no order.
   */
  public static Optional<Instant> of(List<Path> files) throws IOException {
    Latest latest = new Latest(System.currentTimeMillis());
    TelemetryDecoder decoder = new TelemetryDecoder();
    for (Path file : files) {
      try (RecordReader records =
          new RecordReader(file.toString(), file.getFileSystem().open(file))) {
        boolean more = true;
        while (more) {
          more = records.readRecord(decoder, latest);
        }
      }
    }
    return latest.time == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(latest.time));
  }

  private static final class Latest implements DecodedSink {
    private final long now;
    private long time = Long.MIN_VALUE;

    Latest(long now) {
      this.now = now;
    }

    @Override
    public void event(SysmonEvent event) {
      if (event.time() <= now) {
        time = Math.max(time, event.time());
      }
    }

    @Override
    public void notRelevant() {
      // It does not move the hunt.
    }

    @Override
    public void deadLetter(DeadLetter deadLetter) {
      // The hunt itself will tell of it.
    }
  }
}
