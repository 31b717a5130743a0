package io.stagehound.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.Decoded;
import io.stagehound.event.SysmonEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files read in batches, none of which holds much, whatever the file holds. */
class TelemetryFormatTest {

  private static final String EVENT =
      "{\"EventID\":11,\"SourceName\":\"Microsoft-Windows-Sysmon\",\"Hostname\":\"h\","
          + "\"UtcTime\":\"2026-03-04 05:06:07\",\"TargetFilename\":\"C:\\\\a.zip\"}";

  private static final int MOST_ELEMENTS = 1024 + 1;
  private static final int MOST_CHARACTERS = 8 << 20;

  @TempDir private Path folder;

  private FileSourceSplit write(String first, String repeated, int count, String last)
      throws IOException {
    Path file = folder.resolve("telemetry");
    byte[] part = repeated.getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(first.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < count; i++) {
        out.write(part);
      }
      out.write(last.getBytes(StandardCharsets.UTF_8));
    }
    return split(file, null);
  }

  private static FileSourceSplit split(Path file, @Nullable CheckpointedPosition position)
      throws IOException {
    long length = Files.size(file);
    return new FileSourceSplit(
        "0",
        new org.apache.flink.core.fs.Path(file.toUri()),
        0,
        length,
        0,
        length,
        new String[0],
        position);
  }

  private static int characters(Decoded decoded) {
    SysmonEvent event = decoded.event();
    DeadLetter deadLetter = decoded.deadLetter();
    return String.valueOf(event).length() + String.valueOf(deadLetter).length();
  }

  /** Large files: what repeats in them, and what comes of it. */
  static List<Object[]> files() {
    String wide = EVENT.replace("a.zip", "a".repeat(50_000) + ".zip");
    String line = "x".repeat(99) + "\n";
    return List.of(
        new Object[] {"one line", "{\"a\":\"", "x".repeat(1000), 100_000, "\n" + EVENT, 1, 1},
        new Object[] {"noise", "", line, 200_000, EVENT, 1, 10_001},
        new Object[] {
          "noise before each event", "", line.repeat(9_999) + EVENT + "\n", 10, "", 10, 99_990
        },
        new Object[] {
          "a list of events", "{\"value\":[", EVENT + ",", 120_000, EVENT + "]}", 120_001, 0
        },
        new Object[] {"a list of wide events", "[", wide + ",\n", 2_000, "]", 2_000, 0},
        new Object[] {
          "a list of nothings", "{\"Records\":[", "{},", 500_000, EVENT + "]}", 1, 10_001
        },
        new Object[] {
          "nothings in a text", "{\"message\":\"[", "{},", 500_000, "{}]\"}\n" + EVENT, 1, 10_001
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void noBatchHoldsMuch(
      String name, String first, String repeated, int count, String last, int events, int letters)
      throws IOException {
    FileSourceSplit split = write(first, repeated, count, last);
    long eventsRead = 0;
    long lettersRead = 0;
    // A record that is a list in a text is decoded whole, its dead letters folded.
    int most = name.endsWith("in a text") ? 10_000 + MOST_ELEMENTS : MOST_ELEMENTS;
    try (BulkFormat.Reader<Decoded> reader =
        new TelemetryFormat(FilePieces.DEFAULT).createReader(new Configuration(), split)) {
      BulkFormat.RecordIterator<Decoded> batch = reader.readBatch();
      while (batch != null) {
        int elements = 0;
        long characters = 0;
        for (RecordAndPosition<Decoded> next = batch.next(); next != null; next = batch.next()) {
          elements++;
          characters += characters(next.getRecord());
          eventsRead += next.getRecord().event() == null ? 0 : 1;
          lettersRead += next.getRecord().deadLetter() == null ? 0 : 1;
        }
        assertThat(elements).isLessThanOrEqualTo(most);
        assertThat(characters).isLessThan(MOST_CHARACTERS + 11_000L * 1100 * (most / 10_000));
        batch = reader.readBatch();
      }
    }
    assertThat(eventsRead).isEqualTo(events);
    assertThat(lettersRead).isEqualTo(letters);
  }

  @Test
  void readingGoesOnWhereItStopped() throws IOException {
    FileSourceSplit split = write("[", EVENT + ",\nnoise\n", 3_000, "]");
    List<Decoded> whole =
        read(new TelemetryFormat(FilePieces.DEFAULT).createReader(new Configuration(), split));
    assertThat(whole.size()).isGreaterThan(6_000);
    for (long done : List.of(1L, 1_024L, 1_025L, 3_000L)) {
      FileSourceSplit from =
          split(
              folder.resolve("telemetry"),
              new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, done));
      List<Decoded> rest =
          read(new TelemetryFormat(FilePieces.DEFAULT).restoreReader(new Configuration(), from));
      assertThat(rest).isEqualTo(whole.subList((int) done, whole.size()));
    }
  }

  private static List<Decoded> read(BulkFormat.Reader<Decoded> reader) throws IOException {
    List<Decoded> read = new ArrayList<>();
    BulkFormat.RecordIterator<Decoded> batch = reader.readBatch();
    while (batch != null) {
      for (RecordAndPosition<Decoded> next = batch.next(); next != null; next = batch.next()) {
        read.add(next.getRecord());
      }
      batch = reader.readBatch();
    }
    reader.close();
    return read;
  }
}
