package io.stagehound.file;

import io.stagehound.decode.Decoded;
import io.stagehound.output.AlertFormat;
import io.stagehound.output.DeadLetterFormat;
import io.stagehound.output.DetectionFormat;
import io.stagehound.topology.Ends;
import io.stagehound.topology.EventTimes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.SimpleSplitAssigner;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.Path;

/** The ends of a backfill: files of telemetry in, files of lines out. */
public final class FileEnds {

  private FileEnds() {}

  /**
   * Ends that read these files and leave what they write in parts, for {@link HuntResults#publish}
   * to make results of.
   */
  public static Ends of(List<Path> files, HuntResults results) {
    return new Ends(
        source(files),
        EventTimes.ofHistory(),
        results.sink(HuntResults.DETECTIONS, new DetectionFormat()),
        results.laterSink(HuntResults.DETECTIONS, new DetectionFormat()),
        results.sink(HuntResults.ALERTS, new AlertFormat()),
        new DeadLetterSink(results.sink(HuntResults.DEAD_LETTERS, new DeadLetterFormat())));
  }

  /** What reads these files. */
  public static FileSource<Decoded> source(List<Path> files) {
    FilePieces pieces = FilePieces.DEFAULT;
    return FileSource.forBulkFileFormat(new TelemetryFormat(pieces), files.toArray(Path[]::new))
        .setFileEnumerator(() -> new NamedFiles(pieces))
        .setSplitAssigner(SimpleSplitAssigner::new)
        .build();
  }

  /** Makes splits of each file named, whatever its name: the user's choice is already made. */
  private static final class NamedFiles implements FileEnumerator {
    private final FilePieces pieces;

    NamedFiles(FilePieces pieces) {
      this.pieces = pieces;
    }

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int wanted)
        throws IOException {
      List<FileSourceSplit> splits = new ArrayList<>();
      for (Path path : paths) {
        long bytes = bytes(path);
        // What this process was started with open may be read but once.
        List<Long> starts =
            Streams.isInherited(path.getPath()) ? List.of(0L) : pieces.expected(bytes);
        for (int i = 0; i < starts.size(); i++) {
          long end = i + 1 < starts.size() ? starts.get(i + 1) : bytes;
          splits.add(
              new FileSourceSplit(
                  Integer.toString(splits.size()),
                  path,
                  starts.get(i),
                  end - starts.get(i),
                  0,
                  bytes));
        }
      }
      // The assigner takes from the end: large files first, so that none is left for the last,
      // which
      // may be all in their first pieces.
      Collections.reverse(splits);
      splits.sort(Comparator.comparingLong(split -> split.offset() == 0 ? split.fileSize() : 0));
      return splits;
    }

    /** The size of a file; 0 when it cannot be told, as its reader will. */
    private static long bytes(Path path) throws IOException {
      try {
        return path.getFileSystem().getFileStatus(path).getLen();
      } catch (FileNotFoundException | AccessDeniedException e) {
        return 0;
      }
    }
  }
}
