package io.stagehound.file;

import io.stagehound.decode.Decoded;
import io.stagehound.output.AlertFormat;
import io.stagehound.output.DeadLetterFormat;
import io.stagehound.output.DetectionFormat;
import io.stagehound.topology.Ends;
import io.stagehound.topology.EventTimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.SimpleSplitAssigner;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.FileStatus;

/** The ends of a backfill: files of telemetry in, files of lines out. */
public final class FileEnds {

  private FileEnds() {}

  /**
   * Ends that read these files and leave what they write in {@code parts}, for {@link
   * HuntResults#publish} to make whole.
   */
  public static Ends of(List<Path> files, Path parts) {
    return new Ends(
        source(files),
        EventTimes.ofHistory(),
        new SortedPartsSink<>(parts, HuntResults.DETECTIONS, new DetectionFormat()),
        new SortedPartsSink<>(parts, HuntResults.ALERTS, new AlertFormat()),
        new SortedPartsSink<>(parts, HuntResults.DEAD_LETTERS, new DeadLetterFormat()));
  }

  private static FileSource<Decoded> source(List<Path> files) {
    org.apache.flink.core.fs.Path[] paths =
        files.stream()
            .map(file -> new org.apache.flink.core.fs.Path(file.toAbsolutePath().toUri()))
            .toArray(org.apache.flink.core.fs.Path[]::new);
    return FileSource.forBulkFileFormat(new TelemetryFormat(), paths)
        .setFileEnumerator(WholeFiles::new)
        .setSplitAssigner(SimpleSplitAssigner::new)
        .build();
  }

  /** Makes one split of each file named, whatever its name: the user's choice is already made. */
  private static final class WholeFiles implements FileEnumerator {

    @Override
    public Collection<FileSourceSplit> enumerateSplits(
        org.apache.flink.core.fs.Path[] paths, int wanted) throws java.io.IOException {
      List<FileSourceSplit> splits = new ArrayList<>();
      for (org.apache.flink.core.fs.Path path : paths) {
        FileStatus status = path.getFileSystem().getFileStatus(path);
        splits.add(
            new FileSourceSplit(
                Integer.toString(splits.size()),
                path,
                0,
                status.getLen(),
                status.getModificationTime(),
                status.getLen()));
      }
      // The assigner takes from the end: large files first, so that none is left for the last.
      splits.sort(Comparator.comparingLong(FileSourceSplit::length));
      return splits;
    }
  }
}
