package io.stagehound.file;

import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.DecodedSink;
import io.stagehound.decode.RecordReader;
import io.stagehound.decode.TelemetryDecoder;
import io.stagehound.event.SysmonEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    LatestOfHosts latest = new LatestOfHosts();
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
    List<Long> ends = latest.times.values().stream().sorted().toList();
    return ends.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(ends.get((ends.size() - 1) / 2)));
  }

  private static final class LatestOfHosts implements DecodedSink {
    private final Map<String, Long> times = new HashMap<>();

    @Override
    public void event(SysmonEvent event) {
      times.merge(event.hostKey(), event.time(), Math::max);
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
