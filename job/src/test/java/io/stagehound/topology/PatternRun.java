package io.stagehound.topology;

import io.stagehound.alert.Development;
import io.stagehound.pattern.Match;
import io.stagehound.pattern.PatternMemory;
import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.Retention;
import io.stagehound.pattern.StepPattern;
import io.stagehound.pattern.StepPattern.Scope;
import io.stagehound.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.EventComparator;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Steps through the memory of a pattern and then through Flink's own CEP operator. */
final class PatternRun {

  /** The share that all copies of a share's pattern go to. */
  static final String SHARE = "fs01\\drop";

  private static final long AFTER_ALL = 1L << 50;

  private PatternRun() {}

  static KeyedOneInputStreamOperatorTestHarness<String, PatternStep, Development> harness(
      StepPattern pattern) throws Exception {
    EventComparator<PatternStep> order = (a, b) -> PatternStep.ORDER.compare(a, b);
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new CepOperator<>(
            TypeInformation.of(PatternStep.class).createSerializer(new SerializerConfigImpl()),
            false,
            NFACompiler.compileFactory(pattern.pattern(), false),
            order,
            null,
            new MatchOnce(pattern.pattern().getName()),
            null),
        PatternStep::key,
        Types.STRING);
  }

  /** The matches of steps that come by time. */
  static List<Match> sorted(StepPattern pattern, List<Step> steps) throws Exception {
    PatternMemory memory = PatternMemory.empty();
    Retention retention = Retention.ofSorted(pattern.window());
    List<PatternStep> out = new ArrayList<>();
    for (Step step : steps.stream().sorted(Step.ORDER).toList()) {
      memory = memory.take(step, step.time(), key(pattern), pattern, retention, out::add);
    }
    memory.at(AFTER_ALL, key(pattern), pattern, retention, out::add);
    return matches(pattern, out);
  }

  /** The matches of steps that all come late, in any order, some of them together. */
  static List<Match> late(StepPattern pattern, List<Step> steps, Random random) throws Exception {
    List<Step> shuffled = new ArrayList<>(steps);
    Collections.shuffle(shuffled, random);
    PatternMemory memory = PatternMemory.empty();
    Retention retention = Retention.of(pattern.window(), Duration.ofDays(1));
    List<PatternStep> out = new ArrayList<>();
    long at = Duration.ofHours(1).toMillis();
    for (Step step : shuffled) {
      at += random.nextInt(60);
      memory = memory.take(step, at, key(pattern), pattern, retention, out::add);
    }
    memory.at(AFTER_ALL, key(pattern), pattern, retention, out::add);
    return matches(pattern, out);
  }

  private static String key(StepPattern pattern) {
    return pattern.scope() == Scope.SHARE ? SHARE : "a";
  }

  private static List<Match> matches(StepPattern pattern, List<PatternStep> steps)
      throws Exception {
    try (var harness = harness(pattern)) {
      harness.open();
      for (PatternStep step : steps) {
        harness.processElement(new StreamRecord<>(step, step.at()));
      }
      harness.processWatermark(Long.MAX_VALUE);
      return harness.extractOutputValues().stream()
          .map(development -> Objects.requireNonNull(development.match()))
          .toList();
    }
  }
}
