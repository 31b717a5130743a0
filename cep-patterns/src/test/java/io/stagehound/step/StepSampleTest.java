package io.stagehound.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepSampleTest {

  private static Step archive(long time) {
    return Steps.archive(time, "h", "C:\\Temp\\a.zip");
  }

  @ParameterizedTest(name = "{0} steps")
  @ValueSource(ints = {0, 1, 19, 20, 21, 40, 41, 200})
  void keepsBothEndsWhateverTheOrder(int count) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(archive(i));
    }
    List<Step> shuffled = new ArrayList<>(steps);
    Collections.shuffle(shuffled, new Random(count));
    StepSample sample = StepSample.empty();
    for (Step step : shuffled) {
      sample = sample.plus(step);
    }
    assertThat(sample.count()).isEqualTo(count);
    assertThat(sample.first()).isEqualTo(steps.subList(0, Math.min(20, count)));
    assertThat(sample.last())
        .isEqualTo(steps.subList(Math.max(Math.min(20, count), count - 20), count));
    assertThat(sample.leftOut()).isEqualTo(Math.max(0, count - 40));
  }

  @Test
  void addsSamplesOfOtherSteps() {
    StepSample early = StepSample.empty();
    StepSample late = StepSample.empty();
    for (int i = 0; i < 100; i++) {
      early = early.plus(archive(i));
      late = late.plus(archive(1000 + i));
    }
    StepSample both = late.plus(early);
    assertThat(both).isEqualTo(early.plus(late));
    assertThat(both.count()).isEqualTo(200);
    assertThat(both.first()).isEqualTo(early.first());
    assertThat(both.last()).isEqualTo(late.last());
  }

  @Test
  void countsWhatItDoesNotKeep() {
    StepSample sample = StepSample.empty().plus(archive(0)).plusLeftOut(7);
    assertThat(sample.count()).isEqualTo(8);
    assertThat(sample.leftOut()).isEqualTo(7);
  }

  @Test
  void countsHostsExactlyAndThenRoughly() {
    StepSample sample = StepSample.empty();
    for (int host = 0; host < 10_000; host++) {
      for (int i = 0; i < 2; i++) {
        sample = sample.plus(Steps.archive(host, "ws" + host, "C:\\Temp\\" + i + ".zip"));
      }
      if (host + 1 < StepSample.HOSTS_KEPT) {
        assertThat(sample.hostCount()).isEqualTo(host + 1);
      }
    }
    assertThat(sample.hostCount()).isBetween(8_000L, 12_000L);
    assertThat(sample.hosts()).hasSize(StepSample.HOSTS_KEPT);
  }
}
