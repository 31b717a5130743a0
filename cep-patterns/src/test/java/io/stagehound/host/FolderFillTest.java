package io.stagehound.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FolderFillTest {

  private static final BulkRate RATE = BulkRate.DEFAULT;
  private static final long WITHIN = RATE.within().toMillis();

  private FolderFill fill = FolderFill.empty();
  private final List<Long> said = new ArrayList<>();

  private void write(String name, long time) {
    FolderFill before = fill;
    fill = fill.plus("C:\\Temp\\loot\\" + name, time, RATE);
    if (fill.isReachedAfter(before)) {
      said.add(time);
    }
  }

  private void write(int from, int to, long first, long apart) {
    for (int i = from; i < to; i++) {
      write(i + ".docx", first + (i - from) * apart);
    }
  }

  @Test
  void fortyNineFilesAreNotUnusualAndFiftyAre() {
    write(0, 49, 0, 1);
    assertThat(said).isEmpty();
    write("49.docx", 49);
    assertThat(said).containsExactly(49L);
  }

  @Test
  void theSameFileAgainDoesNotCount() {
    write(0, 49, 0, 1);
    for (int i = 0; i < 1_000; i++) {
      write("7.DOCX", 100 + i);
    }
    assertThat(said).isEmpty();
    assertThat(fill.names()).hasSize(49);
    write("another.docx", 2_000);
    assertThat(said).containsExactly(2_000L);
  }

  @Test
  void theWindowSlidesAndIncludesItsEnd() {
    write("first.docx", 0);
    write(1, 49, 1_000, 0);
    write("last.docx", WITHIN + 1);
    assertThat(said).as("the first is too old").isEmpty();
    fill = FolderFill.empty();
    write("first.docx", 0);
    write(1, 49, 1_000, 0);
    write("last.docx", WITHIN);
    assertThat(said).containsExactly(WITHIN);
  }

  @Test
  void aSlowTrickleIsNeverUnusual() {
    write(0, 10_000, 0, WITHIN / 49 + 1);
    assertThat(said).isEmpty();
    assertThat(fill.names()).hasSizeLessThan(RATE.files());
  }

  @Test
  void itIsSaidOnceInAWindowHoweverManyThereAre() {
    write(0, 5_000, 0, 1);
    assertThat(said).containsExactly(49L);
    write(5_000, 6_000, WITHIN + 49, 1);
    assertThat(said).as("right at the end of the window").containsExactly(49L, WITHIN + 50);
  }

  @Test
  void itIsSaidOnceOfFilesOfOneTime() {
    write(0, 200, 5, 0);
    assertThat(said).containsExactly(5L);
  }

  @Test
  void ofAFloodNoMoreIsKeptThanMakesAnUnusualNumber() {
    write(0, 100_000, 0, 3);
    assertThat(fill.names()).hasSize(RATE.files());
    assertThat(fill.times()).hasSize(RATE.files());
  }

  @Test
  void filesMayComeInAnyOrder() {
    List<Integer> files = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
    Collections.shuffle(files, new Random(1));
    files.forEach(file -> write(file + ".docx", file * 1_000L));
    assertThat(said).hasSize(1);
  }

  @Test
  void oneThatComesLateIsNotAmongThoseLongAfterIt() {
    long later = Duration.ofHours(1).toMillis();
    write(0, 49, later, 1);
    write("late.docx", 0);
    assertThat(said).isEmpty();
    write("49.docx", later + 49);
    assertThat(said).as("nor does it take their place").containsExactly(later + 49);
  }
}
