package io.stagehound.score;

import io.stagehound.event.SysmonEvent;

/** The five indicators of one event, each as its {@link Indicator} says. */
public record StagingScore(
    boolean isStagingPath,
    boolean isArchiveFile,
    boolean isRemoteCopyTool,
    boolean isUncTarget,
    boolean isPsCopy) {

  /** The score of this event. */
  public static StagingScore of(SysmonEvent event) {
    return new StagingScore(
        Indicator.IS_STAGING_PATH.find(event) != null,
        Indicator.IS_ARCHIVE_FILE.find(event) != null,
        Indicator.IS_REMOTE_COPY_TOOL.find(event) != null,
        Indicator.IS_UNC_TARGET.find(event) != null,
        Indicator.IS_PS_COPY.find(event) != null);
  }

  /** Whether this indicator holds. */
  public boolean has(Indicator indicator) {
    return switch (indicator) {
      case IS_STAGING_PATH -> isStagingPath;
      case IS_ARCHIVE_FILE -> isArchiveFile;
      case IS_REMOTE_COPY_TOOL -> isRemoteCopyTool;
      case IS_UNC_TARGET -> isUncTarget;
      case IS_PS_COPY -> isPsCopy;
    };
  }

  /** StagingScore: how many of the indicators hold, 0 to 5. */
  public int sum() {
    int sum = 0;
    for (Indicator indicator : Indicator.values()) {
      sum += has(indicator) ? 1 : 0;
    }
    return sum;
  }
}
