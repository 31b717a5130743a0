package io.stagehound.step;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.event.SysmonEvent;
import io.stagehound.score.Detection;
import io.stagehound.score.DetectionType;
import java.util.Comparator;
import java.util.Optional;

/**
 * A detection in its role in a pattern.
 *
 * @param name the role
 * @param detection the evidence; a text longer than {@value #TEXT_LIMIT} characters is cut, since
 *     steps are kept while a pattern may still complete
 * @param arrival how it came
 */
public record Step(StepName name, Detection detection, Arrival arrival) {

  /** The longest text that a step keeps of its event, in characters. */
  public static final int TEXT_LIMIT = 4096;

  /**
   * The one order of steps: by time; of equal times, an archive before a copy, since equal times
   * count as in order; the rest only so that every replay sees the same order. Of one step that was
   * recorded twice, the record that tells more of its host and user comes first.
   */
  public static final Comparator<Step> ORDER =
      Comparator.comparingLong(Step::time)
          .thenComparing(Step::name)
          .thenComparing(Step::identity)
          .thenComparing(step -> -step.detection().event().host().length())
          .thenComparing(step -> step.detection().event().user() == null)
          .thenComparing(step -> step.detection().toString());

  /** The step that a detection is; empty when it has no role in any pattern. */
  public static Optional<Step> of(Detection detection) {
    if (detection.type() == DetectionType.ARCHIVE_IN_STAGING_DIR) {
      return Optional.of(step(StepName.ARCHIVE, detection));
    }
    return isCopyToUnc(detection) ? Optional.of(step(StepName.COPY, detection)) : Optional.empty();
  }

  private static Step step(StepName name, Detection detection) {
    return new Step(name, detection.cutTo(TEXT_LIMIT), Arrival.ON_TIME);
  }

  /** The same step with every text of its detection cut to at most {@code limit} characters. */
  public Step cutTo(int limit) {
    return new Step(name, detection.cutTo(limit), arrival);
  }

  /** The same step, come in this way. */
  public Step arriving(Arrival how) {
    return how == arrival ? this : new Step(name, detection, how);
  }

  private static boolean isCopyToUnc(Detection detection) {
    CopyCommand copy = detection.copy();
    boolean remoteCopy =
        detection.type() == DetectionType.REMOTE_COPY_TOOL_TO_UNC
            || detection.type() == DetectionType.PS_CMD_REMOTE_COPY;
    return remoteCopy && copy != null && copy.direction().mayPush();
  }

  /** When it happened, in milliseconds since the epoch, UTC. */
  public long time() {
    return detection.event().time();
  }

  /**
   * What makes two records the same step, whatever collector and shape they came through, and
   * however late: role, time, process, and what it wrote or ran.
   */
  public String identity() {
    SysmonEvent event = detection.event();
    return String.join(
        "\n",
        name.published(),
        Long.toString(time()),
        String.valueOf(event.processGuid()),
        String.valueOf(event.image()),
        String.valueOf(event.targetFilename()),
        String.valueOf(event.commandLine()));
  }
}
