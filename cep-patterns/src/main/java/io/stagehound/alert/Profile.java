package io.stagehound.alert;

import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.pattern.BulkStageArchive;
import io.stagehound.pattern.CentralStagingPull;
import io.stagehound.pattern.CentralStagingPush;
import io.stagehound.pattern.PullArchivePush;
import io.stagehound.pattern.WebRootStaging;
import io.stagehound.step.StepName;
import java.util.List;

/**
 * How bad a pattern's match is, and what it shows in the words of MITRE ATT&CK.
 *
 * <p>Risk begins at the pattern's own, or at that of a linked match, and rises by 1 for each
 * completion after the first, up to 10, by 2 where the network or the server bears out a copy, and
 * by 5 where the server was seen to receive the file; it falls by 20 when every target is the host
 * itself.
 */
enum Profile {
  ARCHIVE_THEN_UNC_COPY(ArchiveThenUncCopy.ID, StepName.COPY, 60, 85, Severity.HIGH),
  PULL_ARCHIVE_PUSH(PullArchivePush.ID, StepName.COPY, 80, 87, Severity.CRITICAL),
  CENTRAL_STAGING_PULL(CentralStagingPull.ID, StepName.ARCHIVE, 65, 65, Severity.HIGH),
  CENTRAL_STAGING_PUSH(CentralStagingPush.ID, StepName.COPY, 65, 65, Severity.HIGH),
  WEB_ROOT_STAGING(WebRootStaging.ID, StepName.ARCHIVE, 60, 60, Severity.HIGH),
  BULK_STAGE_ARCHIVE(BulkStageArchive.ID, StepName.ARCHIVE, 45, 45, Severity.MEDIUM);

  private static final int RISK_OF_MORE = 10;
  private static final int RISK_CORROBORATED = 2;
  private static final int RISK_CONFIRMED = 5;
  private static final int RISK_LESS_ON_LOOPBACK = 20;
  private static final int MOST_RISK = 100;

  private final String pattern;
  private final StepName completion;
  private final int risk;
  private final int riskLinked;
  private final Severity severity;

  Profile(String pattern, StepName completion, int risk, int riskLinked, Severity severity) {
    this.pattern = pattern;
    this.completion = completion;
    this.risk = risk;
    this.riskLinked = riskLinked;
    this.severity = severity;
  }

  /** The profile of the pattern with this id. */
  static Profile of(String pattern) {
    for (Profile profile : values()) {
      if (profile.pattern.equals(pattern)) {
        return profile;
      }
    }
    throw new IllegalArgumentException("no pattern " + pattern);
  }

  StepName completion() {
    return completion;
  }

  /** Whether its steps have a share in common, and not a host. */
  boolean isOfShare() {
    return this == CENTRAL_STAGING_PUSH;
  }

  List<Technique> techniques() {
    return switch (this) {
      case ARCHIVE_THEN_UNC_COPY, CENTRAL_STAGING_PUSH -> List.of(Technique.REMOTE_DATA_STAGING);
      case PULL_ARCHIVE_PUSH ->
          List.of(
              Technique.DATA_FROM_NETWORK_SHARED_DRIVE,
              Technique.ARCHIVE_COLLECTED_DATA,
              Technique.REMOTE_DATA_STAGING);
      case CENTRAL_STAGING_PULL ->
          List.of(Technique.DATA_FROM_NETWORK_SHARED_DRIVE, Technique.REMOTE_DATA_STAGING);
      case WEB_ROOT_STAGING, BULK_STAGE_ARCHIVE ->
          List.of(Technique.LOCAL_DATA_STAGING, Technique.ARCHIVE_COLLECTED_DATA);
    };
  }

  Severity severity(Incident incident) {
    return incident.isLinked() ? Severity.CRITICAL : severity;
  }

  int risk(Incident incident) {
    int sum = incident.isLinked() ? riskLinked : risk;
    sum += (int) Math.min(RISK_OF_MORE, Math.max(0, incident.sample(completion).count() - 1));
    if (incident.isConfirmed()) {
      sum += RISK_CONFIRMED;
    } else if (!incident.corroborations().isEmpty()) {
      sum += RISK_CORROBORATED;
    }
    boolean loopbackOnly =
        !incident.targets().isEmpty() && incident.targets().stream().allMatch(Target::loopback);
    return Math.min(MOST_RISK, loopbackOnly ? sum - RISK_LESS_ON_LOOPBACK : sum);
  }
}
