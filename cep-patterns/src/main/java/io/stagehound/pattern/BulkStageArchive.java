package io.stagehound.pattern;

import io.stagehound.event.FilePath;
import io.stagehound.score.StagingFolder;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.pattern.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One process tree puts an unusual number of files into one staging folder, or folders below it,
 * and then, up to {@code window} later, an archive is made there: in the folder or beside it. MITRE
 * ATT&CK <a href="https://attack.mitre.org/techniques/T1074/001/">T1074.001</a> and <a
 * href="https://attack.mitre.org/techniques/T1560/">T1560</a>.
 *
 * @param window the longest time from the files to the archive
 */
public record BulkStageArchive(Duration window) implements StepPattern {

  /** The pattern's id in alerts. */
  public static final String ID = "bulk-stage-archive";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean opens(Step step) {
    return step.name() == StepName.BULK;
  }

  @Override
  public boolean completes(Step step) {
    return step.name() == StepName.ARCHIVE;
  }

  @Override
  public @Nullable List<Step> behind(Step archive, List<Step> bulks) {
    String there = folder(archive);
    List<Step> behind = new ArrayList<>();
    for (Step bulk : bulks) {
      String folder = folder(bulk);
      if (folder.equals(there) || FilePath.folder(folder).equals(there)) {
        behind.add(bulk);
      }
    }
    return behind.isEmpty() ? null : behind;
  }

  @Override
  public List<List<Step>> stages(List<Step> behind) {
    return List.of(List.of(behind.get(behind.size() - 1)));
  }

  @Override
  public String kind(Step bulk) {
    return folder(bulk);
  }

  private static String folder(Step step) {
    String path = step.detection().event().targetFilename();
    return path == null ? "" : StagingFolder.of(path);
  }

  @Override
  public Pattern<PatternStep, ?> pattern() {
    return CompletedBy.sequence(this, List.of(StepName.BULK), StepName.ARCHIVE);
  }
}
