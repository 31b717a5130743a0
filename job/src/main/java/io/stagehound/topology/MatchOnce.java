package io.stagehound.topology;

import io.stagehound.alert.Development;
import io.stagehound.pattern.Match;
import io.stagehound.pattern.PatternStep;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Passes on one match for each step that completes the pattern. CEP finds one with each opening
 * that it holds, all of them in one go; what they have in common is all that is passed on.
 */
final class MatchOnce extends PatternProcessFunction<PatternStep, Development> {
  private static final long serialVersionUID = 1L;

  private final String completion;
  private transient @Nullable Match last;

  /** A function for a pattern whose last stage has this name. */
  MatchOnce(String completion) {
    this.completion = completion;
  }

  @Override
  public void processMatch(
      Map<String, List<PatternStep>> stages, Context context, Collector<Development> matches) {
    Match match = new Match(Objects.requireNonNull(stages.get(completion)).get(0));
    if (!match.equals(last)) {
      last = match;
      matches.collect(Development.of(match));
    }
  }
}
