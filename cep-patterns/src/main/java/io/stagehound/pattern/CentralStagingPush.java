package io.stagehound.pattern;

import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@value #HOSTS} or more hosts copy to one share within {@code window}: data of many is staged in
 * one place before it is taken, which is what MITRE ATT&CK <a
 * href="https://attack.mitre.org/techniques/T1074/002/">T1074.002</a> names. Its steps have the
 * share in common, not the host.
 *
 * @param window the longest time from the first host's copy to the last one's
 */
public record CentralStagingPush(Duration window) implements StepPattern {

  /** The pattern's id in alerts. */
  public static final String ID = "central-staging-push";

  /** From how many hosts. */
  public static final int HOSTS = 3;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Scope scope() {
    return Scope.SHARE;
  }

  @Override
  public boolean opens(Step step) {
    return step.name() == StepName.COPY;
  }

  @Override
  public boolean completes(Step step) {
    return step.name() == StepName.COPY;
  }

  @Override
  public @Nullable List<Step> behind(Step copy, List<Step> earlier) {
    Set<String> hosts = new HashSet<>();
    Step last = copy;
    hosts.add(kind(copy));
    for (Step other : earlier) {
      // Many copies of one host cost no more than to see that.
      if (!host(other).equals(host(last))) {
        hosts.add(kind(other));
        last = other;
      }
      if (hosts.size() >= HOSTS) {
        return earlier;
      }
    }
    return null;
  }

  /** The last copy of each of as many hosts, whichever host completes the pattern. */
  @Override
  public List<List<Step>> stages(List<Step> behind) {
    Set<String> hosts = new HashSet<>();
    List<Step> stage = new ArrayList<>();
    for (int i = behind.size() - 1; i >= 0 && hosts.size() < HOSTS; i--) {
      if (hosts.add(kind(behind.get(i)))) {
        stage.add(0, behind.get(i));
      }
    }
    return List.of(stage);
  }

  @Override
  public String kind(Step copy) {
    return copy.detection().event().hostKey();
  }

  private static String host(Step copy) {
    return copy.detection().event().host();
  }

  @Override
  public Pattern<PatternStep, ?> pattern() {
    return CompletedBy.sequence(this, List.of(StepName.COPY), StepName.COPY);
  }
}
