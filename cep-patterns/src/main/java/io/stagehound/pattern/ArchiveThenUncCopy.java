package io.stagehound.pattern;

import io.stagehound.host.HostStep;
import io.stagehound.step.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * The core pattern: on one host, an archive made in a staging directory, and at that time or up to
 * {@code window} later a copy to a UNC path. MITRE ATT&CK <a
 * href="https://attack.mitre.org/techniques/T1074/002/">T1074.002</a>.
 *
 * @param window the longest time from the archive to the copy, 1 s to 30 d
 */
public record ArchiveThenUncCopy(Duration window) implements HostPattern {

  /** The pattern's id in alerts. */
  public static final String ID = "archive-then-unc-copy";

  /** The window when the user sets none. */
  public static final Duration DEFAULT_WINDOW = Duration.ofHours(24);

  /** The shortest window. */
  public static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);

  /** The longest window. */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(30);

  /** Refuses a window out of range. */
  public ArchiveThenUncCopy {
    if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException("window out of range: " + window);
    }
  }

  @Override
  public String id() {
    return ID;
  }

  /** Every copy after an archive completes a match of its own, so that none is missed. */
  @Override
  public Pattern<HostStep, ?> pattern() {
    return Pattern.<HostStep>begin(StepName.ARCHIVE.published())
        .where(SimpleCondition.of(hostStep -> hostStep.step().name() == StepName.ARCHIVE))
        .followedByAny(StepName.COPY.published())
        .where(new CopyInWindow(window.toMillis()))
        // Exclusive at its end, whereas a copy right at the end of the window counts.
        .within(window.plusMillis(1));
  }

  @Override
  public Match match(Map<String, List<HostStep>> stages) {
    List<HostStep> copy = Objects.requireNonNull(stages.get(StepName.COPY.published()));
    return new Match(ID, copy.get(0));
  }

  /**
   * A copy within the window after the archive by their own times, which are not those that CEP
   * orders by: a step may have been held back, or be late, or come from the future.
   */
  private static final class CopyInWindow extends IterativeCondition<HostStep> {
    private static final long serialVersionUID = 1L;

    private final long window;

    CopyInWindow(long window) {
      this.window = window;
    }

    @Override
    public boolean filter(HostStep candidate, Context<HostStep> context) throws Exception {
      if (candidate.step().name() != StepName.COPY) {
        return false;
      }
      for (HostStep archive : context.getEventsForPattern(StepName.ARCHIVE.published())) {
        long elapsed = candidate.step().time() - archive.step().time();
        if (elapsed < 0 || elapsed > window) {
          return false;
        }
      }
      return true;
    }
  }
}
