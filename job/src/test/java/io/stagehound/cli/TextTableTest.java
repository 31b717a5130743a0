package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {

  @Test
  void columnsAreAlignedByWhatATerminalShows() {
    StringWriter out = new StringWriter();
    new TextTable("host", "user")
        .add("端末", "x")
        .add("e\u0301\u0301", "x")
        .add("ｗｓ", "x")
        .add("a\u001b", "x")
        .print(new PrintWriter(out, true));
    assertThat(out.toString().lines())
        .containsExactly(
            "  host     user",
            "  端末     x",
            "  e\u0301\u0301        x",
            "  ｗｓ     x",
            "  a\\u{1b}  x");
  }

  @ParameterizedTest(name = "{0} in {1} columns")
  @CsvSource({
    "abcd, 4, abcd",
    "abcde, 4, abc…",
    "端末名, 6, 端末名",
    "端末名, 5, 端末…",
    "端末名, 4, 端…",
    "😀😀😀, 4, 😀…",
    "ab\u001bc, 5, ab…",
  })
  void aLongCellIsCutBetweenCharacters(String text, int columns, String expected) {
    assertThat(Terminal.safe(text, columns)).isEqualTo(expected);
  }
}
