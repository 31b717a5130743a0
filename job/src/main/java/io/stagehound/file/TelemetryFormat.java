package io.stagehound.file;

import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.Decoded;
import io.stagehound.decode.DecodedSink;
import io.stagehound.decode.RecordReader;
import io.stagehound.decode.TelemetryDecoder;
import io.stagehound.event.SysmonEvent;
import io.stagehound.file.FilePieces.Piece;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;
import org.apache.flink.core.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/** Reads files of telemetry, whatever their shape, and decodes them where they are read. */
final class TelemetryFormat implements BulkFormat<Decoded, FileSourceSplit> {
  private static final long serialVersionUID = 1L;

  /** How much is read at a time: a batch is over with the record that reaches one of these. */
  private static final int BATCH_RECORDS = 1024;

  private static final int BATCH_BYTES = 4 << 20;

  private final FilePieces pieces;

  /** A format for files whose splits are these pieces. */
  TelemetryFormat(FilePieces pieces) {
    this.pieces = pieces;
  }

  @Override
  public Reader<Decoded> createReader(Configuration configuration, FileSourceSplit split)
      throws IOException {
    return new FileReader(split, pieces, 0);
  }

  @Override
  public Reader<Decoded> restoreReader(Configuration configuration, FileSourceSplit split)
      throws IOException {
    // A file is read alike each time, so a count of what came out of it is a position in it.
    long done =
        split.getReaderPosition().map(CheckpointedPosition::getRecordsAfterOffset).orElse(0L);
    return new FileReader(split, pieces, done);
  }

  @Override
  public boolean isSplittable() {
    return true;
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return TypeInformation.of(Decoded.class);
  }

  /** One file being read. */
  private static final class FileReader implements Reader<Decoded>, DecodedSink {
    private final TelemetryDecoder decoder = new TelemetryDecoder();
    private final @Nullable CountingStream stream;
    private final @Nullable RecordReader records;
    private List<Decoded> batch = new ArrayList<>();
    private long toSkip;
    private long passedOn;
    private long notRelevant;
    private long bytesCounted;

    FileReader(FileSourceSplit split, FilePieces pieces, long done) throws IOException {
      this.toSkip = done;
      String origin = Locations.text(split.path());
      CountingStream whole = null;
      RecordReader reader = null;
      try {
        FSDataInputStream file = split.path().getFileSystem().open(split.path());
        Piece piece = find(file, split, pieces);
        if (piece.equals(Piece.WHOLE)) {
          whole = new CountingStream(file);
          reader = new RecordReader(origin, whole);
        } else {
          bytesCounted = piece.from();
          reader = RecordReader.ofPiece(origin, file, piece.from(), piece.to());
        }
      } catch (FileNotFoundException | AccessDeniedException e) {
        // Once for all pieces.
        if (split.offset() == 0) {
          deadLetter(
              new DeadLetter(origin, 0, 0, "the file cannot be opened: " + e.getMessage(), ""));
        }
      }
      this.stream = whole;
      this.records = reader;
    }

    private static Piece find(FSDataInputStream file, FileSourceSplit split, FilePieces pieces)
        throws IOException {
      if (split.length() == split.fileSize()) {
        return Piece.WHOLE;
      }
      try {
        return pieces.find(file, split.offset(), split.fileSize());
      } catch (IOException e) {
        file.close();
        throw e;
      }
    }

    @Override
    public @Nullable RecordIterator<Decoded> readBatch() throws IOException {
      boolean more = records != null && readRecords(records);
      countRead();
      List<Decoded> full = batch;
      batch = new ArrayList<>();
      int skip = (int) Math.min(toSkip, full.size());
      toSkip -= skip;
      passedOn += skip;
      if (full.isEmpty() && !more) {
        return null;
      }
      IteratorResultIterator<Decoded> result =
          new IteratorResultIterator<>(
              full.subList(skip, full.size()).iterator(), CheckpointedPosition.NO_OFFSET, passedOn);
      passedOn += full.size() - skip;
      return result;
    }

    /** Reads what makes a batch; false when there is no more. */
    private boolean readRecords(RecordReader from) throws IOException {
      long last = from.position() + BATCH_BYTES;
      boolean more = true;
      for (int read = 0; more && read < BATCH_RECORDS && from.position() < last; read++) {
        more = from.readRecord(decoder, this);
      }
      return more;
    }

    /** Adds what was read since the last time but is in no element of the batch. */
    private void countRead() {
      long read = stream != null ? stream.count : records != null ? records.position() : 0;
      long bytes = read - bytesCounted;
      if (notRelevant > 0 || bytes > 0) {
        batch.add(new Decoded(null, null, notRelevant, bytes, true));
        notRelevant = 0;
        bytesCounted += bytes;
      }
    }

    @Override
    public void event(SysmonEvent event) {
      batch.add(new Decoded(event, null, 0, 0, true));
    }

    @Override
    public void notRelevant() {
      notRelevant++;
    }

    @Override
    public void deadLetter(DeadLetter deadLetter) {
      batch.add(new Decoded(null, deadLetter, 0, 0, true));
    }

    @Override
    public void close() throws IOException {
      if (records != null) {
        records.close();
      }
    }
  }

  /** Counts the bytes that were read of a file, as it stores them. */
  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(read, 0);
      return read;
    }
  }
}
