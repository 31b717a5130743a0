package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  @ParameterizedTest(name = "{0} of {1} bytes, {2} records in {3} s")
  @CsvSource(
      delimiter = '|',
      value = {
        "0       | 1000    | 0    | 1   | 0 B of 1000 B, 0 records, 0 B/s",
        "1048576 | 4194304 | 1500 | 2   | 1.0 MiB of 4.0 MiB, 1,500 records, 512.0 KiB/s, 0:06 left",
        "1024    | 1048576 | 1    | 1   | 1.0 KiB of 1.0 MiB, 1 records, 1.0 KiB/s, 17:03 left",
        "2048    | 0       | 3    | 2   | 2.0 KiB, 3 records, 1.0 KiB/s",
        "1000    | 1000    | 9    | 2   | 1000 B of 1000 B, 9 records, 500 B/s",
      })
  void howFarAndHowLong(long bytes, long total, long records, double seconds, String expected) {
    assertThat(Progress.describe(bytes, total, records, seconds)).isEqualTo(expected);
  }

  @Test
  void sizesAreForPeople() {
    assertThat(Sizes.text(1023)).isEqualTo("1023 B");
    assertThat(Sizes.text(5L << 40)).isEqualTo("5.0 TiB");
    assertThat(Sizes.text(5000L << 40)).isEqualTo("5000.0 TiB");
  }
}
