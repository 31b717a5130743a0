package io.stagehound.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.decode.Decoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a file in pieces is what is read of it whole. */
class FilePiecesTest {

  private static final FilePieces WHOLE = new FilePieces(1L << 40);

  @TempDir private Path folder;

  private static String event(int i) {
    return "{\"EventID\":11,\"SourceName\":\"Microsoft-Windows-Sysmon\",\"Hostname\":\"h"
        + i
        + "\",\"UtcTime\":\"2026-03-04 05:06:07\",\"TargetFilename\":\"C:\\\\Temp\\\\é"
        + i
        + ".zip\"}";
  }

  private static String irrelevant(int i) {
    return "{\"Message\":\"ends {so}\",\"Nested\":{\"a\":[1,{}]},\"EventID\":7,\"n\":" + i + "}";
  }

  private static String lines(SplittableRandom random, int count, String lineEnd) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(
          switch (random.nextInt(12)) {
            case 0 -> event(i).substring(0, random.nextInt(event(i).length()));
            case 1 -> "noise } {";
            case 2 -> "";
            case 3 -> "{\"EventID\":1}";
            case 4 -> event(i) + event(i);
            case 5 -> "{\"a\":{\"EventID\":1}";
            case 6 -> "{" + lineEnd + "\"EventID\": 7," + lineEnd + "\"x\":{" + lineEnd + "}}";
            case 7, 8, 9 -> irrelevant(i);
            default -> event(i);
          });
      text.append(lineEnd);
    }
    return text.toString();
  }

  private static String joined(int count, String between) {
    StringBuilder text = new StringBuilder(event(0));
    for (int i = 1; i < count; i++) {
      text.append(between).append(i % 3 == 0 ? event(i) : irrelevant(i));
    }
    return text.toString();
  }

  static List<Object[]> files() {
    String lines = event(0) + "\n" + joined(400, "\n") + "\n";
    return List.of(
        new Object[] {"lines", lines.getBytes(StandardCharsets.UTF_8), true},
        new Object[] {"no end of line", joined(400, "\n").getBytes(StandardCharsets.UTF_8), true},
        new Object[] {
          "long lines",
          (event(0).replace("Temp", "x".repeat(100_000)) + "\n")
              .repeat(40)
              .getBytes(StandardCharsets.UTF_8),
          true
        },
        new Object[] {
          "lines too long to look for",
          (event(0).replace("Temp", "x".repeat(1 << 20)) + "\n")
              .repeat(8)
              .getBytes(StandardCharsets.UTF_8),
          false
        },
        new Object[] {"CRLF", joined(400, "\r\n").getBytes(StandardCharsets.UTF_8), true},
        new Object[] {
          "a list over lines",
          ("[" + joined(400, ",\n") + "]").getBytes(StandardCharsets.UTF_8),
          false
        },
        new Object[] {
          "lines, then a list of records",
          (lines + "{\"Records\":[\n" + joined(400, "\n,\n") + "\n]}\n" + lines)
              .getBytes(StandardCharsets.UTF_8),
          true
        },
        new Object[] {
          "pretty-printed",
          joined(400, "\n")
              .replace(",", ",\n")
              .replace("{", "{\n")
              .getBytes(StandardCharsets.UTF_8),
          true
        },
        new Object[] {"UTF-16", lines.getBytes(Charset.forName("UTF-16LE")), false},
        new Object[] {"gzip", gzip(lines.getBytes(StandardCharsets.UTF_8)), false},
        new Object[] {
          "XML", "<Event>\n{}\n{}\n</Event>\n".repeat(200).getBytes(StandardCharsets.UTF_8), false
        },
        new Object[] {
          "a mark at the start", ("\uFEFF" + lines).getBytes(StandardCharsets.UTF_8), false
        });
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void piecesHoldWhatTheFileHolds(String name, byte[] file, boolean parts) throws IOException {
    Path path = Files.write(folder.resolve("telemetry"), file);
    List<List<Decoded>> pieces = read(path, new FilePieces(file.length / 7));
    assertSame(pieces, path);
    long nonEmpty = pieces.stream().filter(piece -> !piece.isEmpty()).count();
    if (parts) {
      assertThat(nonEmpty).isGreaterThan(2);
    } else {
      assertThat(nonEmpty).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void piecesOfDamagedLinesHoldWhatTheFileHolds(String lineEnd) throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String text = event(0) + lineEnd + lines(random, 200, lineEnd);
      Path path = Files.writeString(folder.resolve("telemetry"), text);
      for (long size : List.of(97L, 1_000L, 4_096L, (long) text.length() / 2)) {
        assertSame(read(path, new FilePieces(size)), path);
      }
    }
  }

  @Test
  void aListThatIsCutAtTheEndOfAPieceIsADeadLetter() throws IOException {
    String cut = "{\"Records\":[" + event(1) + "\n";
    Path path = Files.writeString(folder.resolve("telemetry"), (event(0) + "\n" + cut).repeat(100));
    assertSame(read(path, new FilePieces(300)), path);
  }

  @Test
  void aSmallFileIsOnePiece() {
    assertThat(FilePieces.DEFAULT.count(0)).isEqualTo(1);
    assertThat(FilePieces.DEFAULT.count((64 << 20) - 1)).isEqualTo(1);
    assertThat(FilePieces.DEFAULT.count(64 << 20)).isEqualTo(2);
    assertThat(FilePieces.DEFAULT.count(1L << 30)).isEqualTo(32);
  }

  private static void assertSame(List<List<Decoded>> pieces, Path path) throws IOException {
    List<Decoded> whole = read(path, WHOLE).get(0);
    List<Decoded> parts = pieces.stream().flatMap(List::stream).toList();
    assertThat(found(parts)).isEqualTo(found(whole));
    assertThat(parts.stream().mapToLong(Decoded::notRelevant).sum())
        .isEqualTo(whole.stream().mapToLong(Decoded::notRelevant).sum());
    assertThat(parts.stream().mapToLong(Decoded::bytes).sum()).isEqualTo(Files.size(path));
  }

  private static List<String> found(List<Decoded> decoded) {
    return decoded.stream()
        .filter(one -> one.records() > one.notRelevant())
        .map(one -> one.event() + " " + one.deadLetter())
        .toList();
  }

  private static List<List<Decoded>> read(Path file, FilePieces pieces) throws IOException {
    long bytes = Files.size(file);
    org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(file.toUri());
    List<Long> starts = new ArrayList<>(pieces.expected(bytes));
    starts.add(bytes);
    List<List<Decoded>> read = new ArrayList<>();
    for (int i = 0; i + 1 < starts.size(); i++) {
      FileSourceSplit split =
          new FileSourceSplit(
              "s" + i, path, starts.get(i), starts.get(i + 1) - starts.get(i), 0, bytes);
      read.add(read(new TelemetryFormat(pieces).createReader(new Configuration(), split)));
    }
    return read;
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
