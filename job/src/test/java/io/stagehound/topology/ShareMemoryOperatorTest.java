package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.pattern.CentralStagingPush;
import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.StepPattern;
import io.stagehound.receiver.Push;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hosts that push to one share, as their memories tell of it. */
class ShareMemoryOperatorTest {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final long MILLIS = WINDOW.toMillis();
  private static final StepPattern PATTERN = new CentralStagingPush(WINDOW);
  private static final Timing LIVE =
      new Timing(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofMinutes(10));

  private static KeyedOneInputStreamOperatorTestHarness<String, Push, PatternStep> harness(
      @Nullable Timing timing) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Push, PatternStep> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new ShareMemoryOperator(List.of(PATTERN), timing), Push::shareKey, Types.STRING);
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    return harness;
  }

  /** A push that its host's memory has told of at this time. */
  private static StreamRecord<Push> push(long time, long at, String host, String server) {
    Step copy = Steps.copyTo(time, host, server, "C:\\a.zip");
    return new StreamRecord<>(Push.of(copy, List.of()).get(0), at);
  }

  private static StreamRecord<Push> push(long time, String host) {
    return push(time, time, host, "fs01");
  }

  private static List<PatternStep> completions(
      KeyedOneInputStreamOperatorTestHarness<String, Push, PatternStep> harness) {
    var records = harness.getSideOutput(HostMemoryOperator.stepsOf(PATTERN.id()));
    return records == null
        ? List.of()
        : records.stream().map(StreamRecord::getValue).filter(PatternStep::completing).toList();
  }

  private static List<String> hosts(PatternStep completion) {
    return completion.brought().getOrDefault(StepName.COPY, StepSample.empty()).steps().stream()
        .map(step -> step.detection().event().host())
        .toList();
  }

  @Test
  void theThirdHostBringsTheOthers() throws Exception {
    for (Timing timing : new Timing[] {null, LIVE}) {
      try (var harness = harness(timing)) {
        harness.open();
        harness.processElement(push(1, "a"));
        harness.processElement(push(2, "b"));
        harness.processElement(push(2, 2, "c", "fs02"));
        harness.processElement(push(3, "d"));
        harness.processWatermark(Long.MAX_VALUE);
        assertThat(completions(harness)).hasSize(1);
        assertThat(completions(harness).get(0).key()).isEqualTo("fs01\\drop");
        assertThat(hosts(completions(harness).get(0))).containsExactly("a", "b", "d");
        assertThat(harness.numKeyedStateEntries()).isZero();
      }
    }
  }

  @Test
  void aCommandThatRunsOnThreeHostsAtOnceIsThreeCopies() throws Exception {
    try (var harness = harness(LIVE)) {
      harness.open();
      for (String host : List.of("a", "b", "c", "c")) {
        harness.processElement(push(5, host));
      }
      harness.processWatermark(5);
      assertThat(hosts(completions(harness).get(0))).containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void inHistoryWhatWasToldLaterThanItHappenedIsNotLost() throws Exception {
    try (var harness = harness(null)) {
      harness.open();
      harness.processElement(push(1_000, "a"));
      harness.processElement(push(500, 5_500, "b", "fs01"));
      harness.processElement(push(5_600, "c"));
      harness.processElement(push(1_000, 6_000, "d", "fs01"));
      harness.processElement(push(20_000, "e"));
      harness.processWatermark(Long.MAX_VALUE);
      List<String> all = new ArrayList<>();
      completions(harness).forEach(completion -> all.addAll(hosts(completion)));
      assertThat(all).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
      assertThat(completions(harness))
          .extracting(PatternStep::at)
          .as("each enters when it was told, and so in order")
          .containsExactly(5_600L, 6_000L, 20_000L);
    }
  }

  @Test
  void liveWhatWasToldLaterEntersWhenItWasTold() throws Exception {
    try (var harness = harness(LIVE)) {
      harness.open();
      harness.processWatermark(5_499);
      harness.processElement(push(500, 5_500, "a", "fs01"));
      harness.processElement(push(5_500, "b"));
      harness.processElement(push(500, 5_500, "c", "fs01"));
      harness.processWatermark(5_500);
      assertThat(completions(harness)).extracting(PatternStep::at).containsExactly(5_500L);
    }
  }

  @Test
  void lateHostsStillComplete() throws Exception {
    try (var harness = harness(LIVE)) {
      harness.open();
      harness.processElement(push(1_000, "a"));
      harness.processElement(push(1_001, "b"));
      harness.processWatermark(5 * MILLIS);
      harness.processElement(push(1_002, "c"));
      harness.processWatermark(5 * MILLIS + 200);
      assertThat(hosts(completions(harness).get(0))).containsExactly("a", "b", "c");
    }
  }

  @Test
  void aRestoredMemoryGoesOnAndEnds() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = harness(LIVE)) {
      before.open();
      before.processElement(push(1, "a"));
      before.processWatermark(1);
      before.processElement(push(2, "b"));
      snapshot = before.snapshot(0, 0);
    }
    try (var after = harness(LIVE)) {
      after.initializeState(snapshot);
      after.open();
      after.processElement(push(3, "c"));
      after.processWatermark(3);
      assertThat(hosts(completions(after).get(0))).containsExactly("a", "b", "c");
      long kept = MILLIS + LIVE.lateness().toMillis();
      after.processWatermark(3 + kept);
      assertThat(after.numKeyedStateEntries()).isPositive();
      after.processWatermark(3 + kept + 1);
      assertThat(after.numKeyedStateEntries()).isZero();
      assertThat(after.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aShareThatManyHostsPushToTakesNoMoreRoom() throws Exception {
    assertThat(sizeAfter(20_000)).isLessThan(sizeAfter(2_000) * 5 / 4);
  }

  private static long sizeAfter(int hosts) throws Exception {
    try (var harness = harness(LIVE)) {
      harness.open();
      for (int i = 0; i < hosts; i++) {
        harness.processElement(push(i, "ws" + i));
        if (i % 100 == 99) {
          harness.processWatermark(i);
        }
      }
      return harness.snapshot(0, 0).getStateSize();
    }
  }
}
