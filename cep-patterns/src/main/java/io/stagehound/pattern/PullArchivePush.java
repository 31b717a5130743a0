package io.stagehound.pattern;

import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.pattern.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * On one host a copy from a UNC path, then an archive in a staging directory, then a copy to a UNC
 * path, all within {@code window}: data of other machines is collected, packed and put where it is
 * taken from. MITRE ATT&CK <a href="https://attack.mitre.org/techniques/T1039/">T1039</a> and <a
 * href="https://attack.mitre.org/techniques/T1074/002/">T1074.002</a>.
 *
 * @param window the longest time from the first copy to the last
 */
public record PullArchivePush(Duration window) implements StepPattern {

  /** The pattern's id in alerts. */
  public static final String ID = "pull-archive-push";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean opens(Step step) {
    return step.name() == StepName.PULL || step.name() == StepName.ARCHIVE;
  }

  @Override
  public boolean completes(Step step) {
    return step.name() == StepName.COPY;
  }

  /** The pulls that an archive comes after, and the archives that come after a pull. */
  @Override
  public @Nullable List<Step> behind(Step copy, List<Step> openings) {
    List<Step> behind = new ArrayList<>();
    int firstPull = -1;
    int lastArchive = -1;
    for (int i = 0; i < openings.size(); i++) {
      if (openings.get(i).name() == StepName.PULL) {
        firstPull = firstPull < 0 ? i : firstPull;
      } else if (firstPull >= 0) {
        lastArchive = i;
      }
    }
    if (lastArchive < 0) {
      return null;
    }
    for (int i = firstPull; i <= lastArchive; i++) {
      behind.add(openings.get(i));
    }
    return behind;
  }

  @Override
  public boolean isBehind(StepName name, long from, long to, List<Step> behind) {
    return name == StepName.PULL
        ? from <= behind.get(behind.size() - 1).time()
        : to >= behind.get(0).time();
  }

  /** The last pull before the last archive: the newest pull may have come after it. */
  @Override
  public int alsoNeeded(List<PatternMemory.Remembered> openings) {
    int lastPull = -1;
    int beforeArchive = -1;
    for (int i = 0; i < openings.size(); i++) {
      if (openings.get(i).step().name() == StepName.PULL) {
        lastPull = i;
      } else {
        beforeArchive = lastPull;
      }
    }
    return beforeArchive;
  }

  /** The first pull and the last archive. */
  @Override
  public List<List<Step>> stages(List<Step> behind) {
    return List.of(List.of(behind.get(0)), List.of(behind.get(behind.size() - 1)));
  }

  @Override
  public Pattern<PatternStep, ?> pattern() {
    return CompletedBy.sequence(this, List.of(StepName.PULL, StepName.ARCHIVE), StepName.COPY);
  }
}
