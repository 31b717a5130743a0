package io.stagehound.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "PT0.999S, 0 s",
    "PT59S, 59 s",
    "PT11M48S, 11 min",
    "PT1H, 1 h 0 min",
    "PT23H59M, 23 h 59 min",
    "PT719H, 29 d 23 h",
  })
  void aSpanIsTold(Duration span, String expected) {
    assertThat(Spans.text(span)).isEqualTo(expected);
  }
}
