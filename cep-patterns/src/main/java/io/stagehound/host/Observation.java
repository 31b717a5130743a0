package io.stagehound.host;

import io.stagehound.commandline.CommandAnalysis;
import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.CopyDirection;
import io.stagehound.commandline.DriveMapping;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.score.Detection;
import io.stagehound.score.DetectionType;
import io.stagehound.score.ScoredEvent;
import io.stagehound.score.StagingFolder;
import io.stagehound.step.Arrival;
import io.stagehound.step.ProcessStart;
import io.stagehound.step.Step;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a host's memory needs to know of one event.
 *
 * @param host the host's key
 * @param time when it happened, in milliseconds since the epoch, UTC
 * @param arrival how it came
 * @param user the acting account; null when it is not told
 * @param detection what may be a step, or a copy that is one if its drive is mapped, or a file in a
 *     staging folder; else null
 * @param bulk whether the file is the one that made an unusual number full
 * @param process a process that was started; else null
 * @param drives the drives and folders that its commands map or unmap
 */
public record Observation(
    String host,
    long time,
    Arrival arrival,
    @Nullable String user,
    @Nullable Detection detection,
    boolean bulk,
    @Nullable ProcessStart process,
    List<DriveMapping> drives) {

  /**
   * The longest text of a detection that the memory tells: no command line of Windows is longer.
   */
  private static final int ROW_LIMIT = 32_767;

  /** What there is to know of this event; empty when there is nothing. */
  public static Optional<Observation> of(ScoredEvent scored, Arrival arrival) {
    SysmonEvent event = scored.event();
    Detection detection = detection(scored);
    ProcessStart process = event.type() == EventType.PROCESS_CREATE ? ProcessStart.of(event) : null;
    CommandAnalysis analysis = scored.analysis();
    if (detection == null && process == null && analysis.drives().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Observation(
            event.hostKey(),
            event.time(),
            arrival,
            event.user(),
            detection,
            false,
            process,
            analysis.drives().stream()
                .map(drive -> drive.cutTo(ProcessStart.TEXT_LIMIT))
                .toList()));
  }

  /**
   * Whether the host's memory tells the detection that this event may be: what is told at second
   * hand is one where nobody tells it at first hand, and a local copy may be one to a mapped drive.
   */
  public static boolean tellsDetection(ScoredEvent scored) {
    return scored.event().type().isSecondHand() || isLocalCopy(scored);
  }

  private static boolean isLocalCopy(ScoredEvent scored) {
    CopyCommand copy = scored.analysis().copy();
    String line = scored.event().commandLine();
    return copy != null
        && copy.direction() == CopyDirection.LOCAL
        // Of a longer one the row would not be whole, and no process can be started with it.
        && (line == null || line.length() <= ROW_LIMIT);
  }

  private static @Nullable Detection detection(ScoredEvent scored) {
    boolean local = isLocalCopy(scored);
    Detection detection =
        local
            ? new Detection(
                scored.event(),
                scored.score(),
                DetectionType.of(scored.score()),
                scored.analysis().copy(),
                scored.analysis().findings())
            : scored.detection().orElse(null);
    if (detection == null) {
      return null;
    }
    boolean needed = local || isStagedFile(detection) || !Step.rolesOf(detection).isEmpty();
    return needed ? detection.cutTo(tellsDetection(scored) ? ROW_LIMIT : Step.TEXT_LIMIT) : null;
  }

  private static boolean isStagedFile(Detection detection) {
    return detection.event().type() == EventType.FILE_CREATE
        && detection.type() == DetectionType.FILE_IN_STAGING_DIR;
  }

  /** Whether it is a file in a staging folder, and no archive. */
  public boolean isStagedFile() {
    return detection != null && !bulk && isStagedFile(detection);
  }

  /**
   * When it is its turn, in milliseconds since the epoch: a record that only tells again what
   * Sysmon tells comes after Sysmon's, and so counts where there is none.
   */
  public long turn() {
    boolean again = detection != null && detection.event().type().isSecondHand();
    return again ? time + RecentCopies.WAIT_MILLIS : time;
  }

  /** Whether its place among others matters: it may be a step, or change what paths mean. */
  public boolean needsOrder() {
    return !drives.isEmpty() || (detection != null && !isStagedFile());
  }

  /**
   * The files of its folder, as they have become an unusual number with this one. Which one it was
   * is chance, where several were written at one time, and so it is not told.
   */
  public Observation asBulk() {
    Detection file = Objects.requireNonNull(detection);
    String path = Objects.requireNonNull(file.event().targetFilename());
    String folder = path.substring(0, StagingFolder.of(path).length());
    Detection files =
        new Detection(
            file.event().withTargetFilename(folder + "\\*"),
            file.score(),
            file.type(),
            file.copy(),
            file.findings());
    return new Observation(host, time, arrival, user, files, true, process, drives);
  }
}
