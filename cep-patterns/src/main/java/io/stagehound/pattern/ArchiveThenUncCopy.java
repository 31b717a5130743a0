package io.stagehound.pattern;

import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.time.Duration;
import java.util.List;
import org.apache.flink.cep.pattern.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The core pattern: on one host, an archive made in a staging directory, and at that time or up to
 * {@code window} later a copy to a UNC path. MITRE ATT&CK <a
 * href="https://attack.mitre.org/techniques/T1074/002/">T1074.002</a>.
 *
 * @param window the longest time from the archive to the copy
 */
public record ArchiveThenUncCopy(Duration window) implements StepPattern {

  /** The pattern's id in alerts. */
  public static final String ID = "archive-then-unc-copy";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean opens(Step step) {
    return step.name() == StepName.ARCHIVE;
  }

  @Override
  public boolean completes(Step step) {
    return step.name() == StepName.COPY;
  }

  @Override
  public @Nullable List<Step> behind(Step copy, List<Step> archives) {
    return archives.isEmpty() ? null : archives;
  }

  @Override
  public List<List<Step>> stages(List<Step> behind) {
    return List.of(List.of(behind.get(behind.size() - 1)));
  }

  @Override
  public int passedAhead() {
    return 16;
  }

  @Override
  public Pattern<PatternStep, ?> pattern() {
    return CompletedBy.sequence(this, List.of(StepName.ARCHIVE), StepName.COPY);
  }
}
