package io.stagehound.topology;

import io.stagehound.host.HostStep;
import io.stagehound.pattern.HostPattern;
import io.stagehound.pattern.Match;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Passes on one match for each step that completes the pattern. CEP finds one with each archive
 * that it holds, all of them in one go; what they have in common is all that is passed on.
 */
final class MatchOnce extends PatternProcessFunction<HostStep, Match> {
  private static final long serialVersionUID = 1L;

  private final HostPattern pattern;
  private transient @Nullable Match last;

  MatchOnce(HostPattern pattern) {
    this.pattern = pattern;
  }

  @Override
  public void processMatch(
      Map<String, List<HostStep>> stages, Context context, Collector<Match> matches) {
    Match match = pattern.match(stages);
    if (!match.equals(last)) {
      last = match;
      matches.collect(match);
    }
  }
}
