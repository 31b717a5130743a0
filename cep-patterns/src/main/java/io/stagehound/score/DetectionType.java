package io.stagehound.score;

/** What kind of staging a detection shows: the first of these, in this order, that holds. */
public enum DetectionType {
  /** An archive written into a staging directory. */
  ARCHIVE_IN_STAGING_DIR("ArchiveInStagingDir"),
  /** A copy tool started with what may be a UNC path. */
  REMOTE_COPY_TOOL_TO_UNC("RemoteCopyToolToUNC"),
  /** A shell started with a copy command and what may be a UNC path. */
  PS_CMD_REMOTE_COPY("PSCmdRemoteCopy"),
  /** An archive written anywhere. */
  ARCHIVE_FILE_CREATED("ArchiveFileCreated"),
  /** A file written into a staging directory, or a process started from one. */
  FILE_IN_STAGING_DIR("FileInStagingDir"),
  /** Any other indicator. */
  OTHER_STAGING_INDICATOR("OtherStagingIndicator"),
  /** No indicator, but a copy to or from a UNC path that they miss. */
  EXTENDED_REMOTE_COPY("ExtendedRemoteCopy");

  private final String published;

  DetectionType(String published) {
    this.published = published;
  }

  /** The name that detections carry as {@code DetectionType}. */
  public String published() {
    return published;
  }

  /** The type of a detection with this score. */
  public static DetectionType of(StagingScore score) {
    if (score.isArchiveFile() && score.isStagingPath()) {
      return ARCHIVE_IN_STAGING_DIR;
    }
    if (score.isRemoteCopyTool() && score.isUncTarget()) {
      return REMOTE_COPY_TOOL_TO_UNC;
    }
    if (score.isPsCopy()) {
      return PS_CMD_REMOTE_COPY;
    }
    if (score.isArchiveFile()) {
      return ARCHIVE_FILE_CREATED;
    }
    if (score.isStagingPath()) {
      return FILE_IN_STAGING_DIR;
    }
    return score.sum() > 0 ? OTHER_STAGING_INDICATOR : EXTENDED_REMOTE_COPY;
  }
}
