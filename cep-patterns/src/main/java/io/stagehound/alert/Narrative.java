package io.stagehound.alert;

import io.stagehound.event.SysmonEvent;
import io.stagehound.step.Step;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** The words of an alert. */
final class Narrative {

  private Narrative() {}

  static String title(Incident incident) {
    return incident.taken().isEmpty()
        ? "Archive staged, then files copied to " + destination(incident)
        : "Staged archive copied to " + destination(incident);
  }

  static String explanation(Incident incident) {
    Step copy = incident.copies().first().get(0);
    SysmonEvent ran = copy.detection().event();
    StringBuilder text = new StringBuilder();
    text.append("On ").append(incident.host()).append(", ");
    if (incident.archives().first().isEmpty()) {
      // An earlier incident, let go by now, has the archives that this copy had behind it.
      text.append(account(ran));
    } else {
      Step archive = incident.archives().first().get(0);
      SysmonEvent made = archive.detection().event();
      text.append(account(made)).append(" wrote ").append(made.targetFilename());
      text.append(" at ").append(Instant.ofEpochMilli(archive.time())).append("; ");
      text.append(Spans.text(Duration.ofMillis(copy.time() - archive.time()))).append(" later ");
      text.append(Objects.equals(made.user(), ran.user()) ? "the same account" : account(ran));
    }
    text.append(" copied to ").append(destination(incident));
    text.append(incident.taken().isEmpty() ? "." : ", naming " + taken(incident) + ".");
    text.append(" In all ").append(count(incident.archives(), "archive", "archives"));
    text.append(" and ").append(count(incident.copies(), "copy", "copies")).append(". ");
    if (incident.late()) {
      text.append("Some of this was reported late. ");
    }
    if (incident.clockAhead()) {
      text.append("The host's clock is ahead, so these times are not true. ");
    }
    text.append(
        "Ask the account's owner whether this transfer is theirs; if not, isolate the host"
            + " and preserve what lies on the share before it is collected.");
    return text.toString();
  }

  private static String destination(Incident incident) {
    if (incident.targets().isEmpty()) {
      return "a UNC path";
    }
    String first = incident.targets().get(0).text();
    int more = incident.targets().size() - 1;
    return more == 0 ? first : first + " and " + more + " more";
  }

  private static String taken(Incident incident) {
    String first = incident.taken().get(0);
    int more = incident.taken().size() - 1;
    return more == 0 ? first : first + " and " + more + " more";
  }

  private static String account(SysmonEvent event) {
    return event.user() != null ? event.user() : Objects.requireNonNullElse(event.image(), "?");
  }

  private static String count(StepSample sample, String one, String many) {
    return sample.count() + " " + (sample.count() == 1 ? one : many);
  }
}
