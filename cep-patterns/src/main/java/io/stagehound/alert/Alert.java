package io.stagehound.alert;

import io.stagehound.event.Text;
import io.stagehound.receiver.Corroboration;
import io.stagehound.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The escalated result of a pattern: one for each host (or share) and run of activity, revised
 * while the activity goes on.
 *
 * @param alertId hash of pattern, host and first match; the same input gives the same id
 * @param pattern the pattern's id
 * @param state where it is in its life
 * @param revision how often it has changed: 1 when opened, one more with each match, each sighting
 *     that bears it out, and at each close; of two revisions of an alert the higher one says more
 * @param host the longest name that a step has for the host, lower-cased; of a pattern whose steps
 *     have a share in common, the share's server
 * @param severity critical when linked, else the pattern's
 * @param confidence high when linked or confirmed, else medium
 * @param riskScore 0 to 100; how it comes about is said at {@link Profile}
 * @param linked whether a copy names an archive that was seen
 * @param confirmed whether a server was seen to receive what a copy names
 * @param late whether a step of it came after event time had passed it
 * @param clockAhead whether a step of it came from the future, so that its times are not true
 * @param firstSeen time of its earliest step, in milliseconds since the epoch, UTC
 * @param lastSeen time of its latest step
 * @param hosts the hosts of its kept steps, sorted, at most {@link Incident#LIST_LIMIT}
 * @param hostCount on how many hosts its steps happened; estimated from 256 on
 * @param users the accounts of its steps, sorted, at most {@link Incident#LIST_LIMIT}
 * @param targets the shares copied to, sorted, at most {@link Incident#LIST_LIMIT}
 * @param corroborations what bears out its copies, by time, at most {@link Incident#LIST_LIMIT}
 * @param steps its steps by time; of each name the first and the last 20
 * @param stepCounts exact number of its steps by name
 * @param techniques what it shows, in the words of MITRE ATT&CK
 * @param title a few words
 * @param explanation a sentence that an analyst can act on
 */
public record Alert(
    String alertId,
    String pattern,
    AlertState state,
    long revision,
    String host,
    Severity severity,
    Confidence confidence,
    int riskScore,
    boolean linked,
    boolean confirmed,
    boolean late,
    boolean clockAhead,
    long firstSeen,
    long lastSeen,
    List<String> hosts,
    long hostCount,
    List<String> users,
    List<Target> targets,
    List<Corroboration> corroborations,
    List<Step> steps,
    Map<String, Long> stepCounts,
    List<Technique> techniques,
    String title,
    String explanation) {

  /** The same alert with half of its steps, the first and the last, and half of its targets. */
  public Alert halved() {
    int kept = steps.size() / 2;
    List<Step> ends = new ArrayList<>(steps.subList(0, (kept + 1) / 2));
    ends.addAll(steps.subList(steps.size() - kept / 2, steps.size()));
    List<Target> fewer = targets.subList(0, (targets.size() + 1) / 2);
    return told(users, fewer, ends, title, explanation);
  }

  /** The same alert with every text in it cut to at most {@code limit} characters. */
  public Alert cutTo(int limit) {
    return told(
        users.stream().map(user -> Text.cut(user, limit)).toList(),
        targets,
        steps.stream().map(step -> step.cutTo(limit)).toList(),
        Text.cut(title, limit),
        Text.cut(explanation, limit));
  }

  /** The same alert, told with these lists and words. */
  private Alert told(
      List<String> itsUsers,
      List<Target> itsTargets,
      List<Step> itsSteps,
      String itsTitle,
      String itsExplanation) {
    return new Alert(
        alertId,
        pattern,
        state,
        revision,
        host,
        severity,
        confidence,
        riskScore,
        linked,
        confirmed,
        late,
        clockAhead,
        firstSeen,
        lastSeen,
        hosts,
        hostCount,
        itsUsers,
        itsTargets,
        corroborations,
        itsSteps,
        stepCounts,
        techniques,
        itsTitle,
        itsExplanation);
  }
}
