package io.stagehound.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stagehound.output.LineFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedPartsTest {

  /** A number with a padding, so that a few thousand fill several buffers. */
  private static final class NumberFormat implements LineFormat<Integer> {
    @Override
    public String key(Integer element) {
      return element.toString();
    }

    @Override
    public Integer cutTo(Integer element, int limit) {
      return element;
    }

    private static final long serialVersionUID = 1L;
    private static final String PADDING = "x".repeat(20_000);

    @Override
    public void write(Integer number, JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeNumberField("n", number);
      json.writeStringField("padding", PADDING);
      json.writeEndObject();
    }

    @Override
    public byte[] sortKey(Integer number) {
      return ByteBuffer.allocate(4).putInt(number % 1_000).array();
    }
  }

  @TempDir private java.nio.file.Path folder;

  private SortedPartWriter<Integer> writer(Path part, String runs) {
    return new SortedPartWriter<>(part, SortedParts.Form.WITH_KEYS, path(runs), new NumberFormat());
  }

  private Path path(String name) {
    return Locations.ofLocal(folder.resolve(name));
  }

  @Test
  void manyRunsInManyPartsMergeIntoOneOrder() throws IOException {
    Random random = new Random(7);
    List<Path> parts = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int p = 0; p < 3; p++) {
      Path part = path("part-" + p);
      parts.add(part);
      SortedPartWriter<Integer> writer = writer(part, "run-" + p + "-");
      for (int i = 0; i < 2_000; i++) {
        int number = random.nextInt(100_000);
        expected.add(String.format("%03d {\"n\":%d,", number % 1_000, number));
        writer.write(number);
      }
      writer.finish();
    }
    expected.sort(null);
    List<String> merged = new ArrayList<>();
    SortedParts.merge(
        parts,
        line -> {
          String json = new String(line.line, StandardCharsets.UTF_8);
          merged.add(
              String.format("%03d ", ByteBuffer.wrap(line.key).getInt())
                  + json.substring(0, json.indexOf(',') + 1));
        });
    assertThat(merged).isEqualTo(expected);
    try (Stream<java.nio.file.Path> left = Files.list(folder)) {
      assertThat(left.map(Locations::ofLocal))
          .as("no run is left")
          .containsExactlyInAnyOrderElementsOf(parts);
    }
  }

  @Test
  void aPartWithoutLinesIsEmpty() throws IOException {
    writer(path("part"), "run-").finish();
    assertThat(folder.resolve("part")).isEmptyFile();
  }

  @Test
  void anUnfinishedWriterLeavesNothing() throws IOException {
    SortedPartWriter<Integer> writer = writer(path("part"), "run-");
    for (int i = 0; i < 2_000; i++) {
      writer.write(i);
    }
    writer.discardRuns();
    assertThat(folder).isEmptyDirectory();
  }
}
