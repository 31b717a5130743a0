package io.stagehound.step;

import io.stagehound.event.SysmonEvent;
import io.stagehound.score.Detection;
import io.stagehound.score.DetectionType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A detection in its role in a pattern.
 *
 * @param name the role
 * @param detection the evidence; a text longer than {@value #TEXT_LIMIT} characters is cut, since
 *     steps are kept while a pattern may still complete
 * @param arrival how it came
 * @param process the process that wrote the file, where its start was seen; null for a step that is
 *     no file
 */
public record Step(
    StepName name, Detection detection, Arrival arrival, @Nullable ProcessStart process) {

  /** The longest text that a step keeps of its event, in characters. */
  public static final int TEXT_LIMIT = 4096;

  /**
   * The one order of steps: by time; of equal times, by role, since equal times count as in order;
   * the rest only so that every replay sees the same order. Of one step that was recorded twice,
   * the record that tells more of its host and user comes first.
   */
  public static final Comparator<Step> ORDER =
      Comparator.comparingLong(Step::time)
          .thenComparing(Step::name)
          .thenComparing(Step::identity)
          .thenComparing(step -> -step.detection().event().host().length())
          .thenComparing(step -> step.detection().event().user() == null)
          .thenComparing(step -> step.detection().toString());

  /** The roles that a detection has, in order; none when it has no role in any pattern. */
  public static List<StepName> rolesOf(Detection detection) {
    List<StepName> roles = new ArrayList<>();
    if (detection.copy() != null && detection.copy().direction().pulls()) {
      roles.add(StepName.PULL);
    }
    if (detection.type() == DetectionType.ARCHIVE_IN_STAGING_DIR) {
      roles.add(StepName.ARCHIVE);
    }
    if (detection.copy() != null && detection.copy().direction().mayPush()) {
      roles.add(StepName.COPY);
    }
    return roles;
  }

  /** The steps that a detection is, in order, come in this way. */
  public static List<Step> of(Detection detection, Arrival arrival, @Nullable ProcessStart writer) {
    Detection kept = detection.cutTo(TEXT_LIMIT);
    return rolesOf(detection).stream().map(role -> new Step(role, kept, arrival, writer)).toList();
  }

  /** The same step with every text of its detection cut to at most {@code limit} characters. */
  public Step cutTo(int limit) {
    return new Step(name, detection.cutTo(limit), arrival, process);
  }

  /** How much text it has, in characters, roughly. */
  public int characters() {
    return detection.characters() + (process == null ? 0 : process.characters());
  }

  /** When it happened, in milliseconds since the epoch, UTC. */
  public long time() {
    return detection.event().time();
  }

  /**
   * What makes two records the same step, whatever collector and shape they came through, and
   * however late: role, time, host, process, and what it wrote or ran.
   */
  public String identity() {
    SysmonEvent event = detection.event();
    return String.join(
        "\n",
        name.published(),
        Long.toString(time()),
        event.hostKey(),
        String.valueOf(event.processGuid()),
        String.valueOf(event.image()),
        String.valueOf(event.targetFilename()),
        String.valueOf(event.commandLine()),
        String.valueOf(event.scriptBlockText()),
        String.valueOf(event.payload()));
  }
}
