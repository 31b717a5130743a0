package io.stagehound.alert;

import io.stagehound.event.SysmonEvent;
import io.stagehound.event.Text;
import io.stagehound.pattern.CentralStagingPull;
import io.stagehound.receiver.Corroboration;
import io.stagehound.step.ProcessStart;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The words of an alert: what happened, by whom, how sure it is, and what to do. */
final class Narrative {

  private static final int LONGEST_COMMAND = 200;
  private static final int NAMES_TOLD = 5;

  private Narrative() {}

  static String title(Incident incident) {
    return switch (Profile.of(incident.pattern())) {
      case ARCHIVE_THEN_UNC_COPY ->
          incident.isLinked()
              ? "Staged archive copied to " + destination(incident)
              : "Archive staged, then files copied to " + destination(incident);
      case PULL_ARCHIVE_PUSH ->
          "Files pulled from a share, archived, and pushed to " + destination(incident);
      case CENTRAL_STAGING_PULL ->
          "Files of " + count(servers(incident).size(), "machine") + " gathered and archived";
      case CENTRAL_STAGING_PUSH -> hosts(incident) + " copied files to " + destination(incident);
      case WEB_ROOT_STAGING -> "Archive made under a web root";
      case BULK_STAGE_ARCHIVE -> "Many files staged in one folder, then archived";
    };
  }

  static String explanation(Incident incident) {
    StringBuilder text = new StringBuilder();
    text.append(
        switch (Profile.of(incident.pattern())) {
          case ARCHIVE_THEN_UNC_COPY -> archiveThenCopy(incident);
          case PULL_ARCHIVE_PUSH -> pullArchivePush(incident);
          case CENTRAL_STAGING_PULL -> centralPull(incident);
          case CENTRAL_STAGING_PUSH -> centralPush(incident);
          case WEB_ROOT_STAGING -> webRoot(incident);
          case BULK_STAGE_ARCHIVE -> bulk(incident);
        });
    text.append(" In all: ").append(counts(incident)).append(". ");
    text.append(corroboration(incident));
    if (incident.late()) {
      text.append("Some of this was reported late. ");
    }
    if (incident.clockAhead()) {
      text.append("The host's clock is ahead, so these times are not true. ");
    }
    return text.append(advice(Profile.of(incident.pattern()))).toString();
  }

  private static String archiveThenCopy(Incident incident) {
    Step copy = first(incident, StepName.COPY);
    Step archive = first(incident, StepName.ARCHIVE);
    if (copy == null) {
      return "On " + incident.host() + " files were copied to " + destination(incident) + ".";
    }
    StringBuilder text = new StringBuilder("On ").append(incident.host()).append(", ");
    if (archive == null) {
      // An earlier incident, let go by now, has the archives that this copy had behind it.
      text.append(account(copy));
    } else {
      text.append(wrote(archive)).append("; ").append(later(archive, copy)).append(' ');
      text.append(sameAccount(archive, copy) ? "the same account" : account(copy));
    }
    text.append(" copied to ").append(destination(incident)).append(naming(incident));
    return text.toString();
  }

  private static String pullArchivePush(Incident incident) {
    Step pull = first(incident, StepName.PULL);
    Step archive = first(incident, StepName.ARCHIVE);
    StringBuilder text = new StringBuilder("On ").append(incident.host()).append(", ");
    if (pull != null) {
      text.append(account(pull)).append(" copied from ").append(origins(pull));
      text.append(" at ").append(Instant.ofEpochMilli(pull.time())).append("; ");
    }
    if (archive != null) {
      text.append(wrote(archive)).append("; ");
    }
    text.append("then files were copied to ").append(destination(incident));
    return text.append(naming(incident)).toString();
  }

  private static String centralPull(Incident incident) {
    Step pull = first(incident, StepName.PULL);
    Step archive = first(incident, StepName.ARCHIVE);
    StringBuilder text = new StringBuilder("On ").append(incident.host());
    text.append(", files were copied from ").append(listed(servers(incident)));
    if (pull != null) {
      text.append(", first by ").append(account(pull));
      text.append(" at ").append(Instant.ofEpochMilli(pull.time()));
    }
    if (archive != null) {
      text.append("; then ").append(wrote(archive));
    }
    return text.append('.').toString();
  }

  /** The machines that its kept pulls copy from. */
  private static List<String> servers(Incident incident) {
    return incident.sample(StepName.PULL).steps().stream()
        .flatMap(pull -> CentralStagingPull.servers(pull).stream())
        .distinct()
        .sorted()
        .toList();
  }

  private static String centralPush(Incident incident) {
    Step copy = first(incident, StepName.COPY);
    StringBuilder text = new StringBuilder();
    text.append(hosts(incident));
    text.append(" copied files to ").append(destination(incident));
    text.append(": ").append(listed(incident.hosts()));
    if (copy != null) {
      text.append("; first ").append(copy.detection().event().host());
      text.append(" by ").append(account(copy));
      text.append(" at ").append(Instant.ofEpochMilli(copy.time()));
    }
    return text.append('.').toString();
  }

  private static String webRoot(Incident incident) {
    Step archive = first(incident, StepName.ARCHIVE);
    StringBuilder text = new StringBuilder("On ").append(incident.host()).append(", ");
    text.append(archive == null ? "an archive was made under a web root" : wrote(archive));
    text.append(". A browser can fetch it from there.");
    ProcessStart process = archive == null ? null : archive.process();
    if (process != null && process.parentImage() != null) {
      text.append(" The process was started by ").append(process.parentImage()).append('.');
    }
    return text.toString();
  }

  private static String bulk(Incident incident) {
    Step bulk = first(incident, StepName.BULK);
    Step archive = first(incident, StepName.ARCHIVE);
    StringBuilder text = new StringBuilder("On ").append(incident.host()).append(", ");
    if (bulk == null) {
      text.append("an unusual number of files was put into one staging folder");
    } else {
      text.append(account(bulk)).append(" put an unusual number of files into ");
      text.append(bulk.detection().event().targetFilename()).append(by(bulk.process()));
      text.append(" by ").append(Instant.ofEpochMilli(bulk.time()));
    }
    if (archive != null) {
      text.append("; then ").append(wrote(archive));
    }
    return text.append('.').toString();
  }

  private static String hosts(Incident incident) {
    long count = incident.hostCount();
    return (count < StepSample.HOSTS_KEPT ? "" : "about ") + count(count, "host");
  }

  private static String advice(Profile profile) {
    return switch (profile) {
      case CENTRAL_STAGING_PUSH ->
          "Ask the accounts' owners whether these transfers are theirs; if not, isolate the hosts and"
              + " preserve what lies on the share before it is collected.";
      case ARCHIVE_THEN_UNC_COPY, PULL_ARCHIVE_PUSH ->
          "Ask the account's owner whether this transfer is theirs; if not, isolate the host and"
              + " preserve what lies on the share before it is collected.";
      case CENTRAL_STAGING_PULL, BULK_STAGE_ARCHIVE ->
          "Ask the account's owner whether this archive is theirs; if not, isolate the host before"
              + " the archive leaves it.";
      case WEB_ROOT_STAGING ->
          "Look in the web server's log for who fetched the archive, take it out of the web root,"
              + " and look for a web shell.";
    };
  }

  private static @Nullable Step first(Incident incident, StepName name) {
    List<Step> steps = incident.sample(name).first();
    return steps.isEmpty() ? null : steps.get(0);
  }

  private static String wrote(Step archive) {
    SysmonEvent event = archive.detection().event();
    return account(archive)
        + " wrote "
        + event.targetFilename()
        + by(archive.process())
        + " at "
        + Instant.ofEpochMilli(archive.time());
  }

  /** The command line of the process that wrote a file, where its start was seen. */
  private static String by(@Nullable ProcessStart process) {
    if (process == null || process.commandLine() == null) {
      return "";
    }
    String command = process.commandLine().strip();
    String cut = Text.cut(command, LONGEST_COMMAND);
    return " with " + cut + (cut.equals(command) ? "" : "…");
  }

  private static String later(Step before, Step after) {
    return Spans.text(Duration.ofMillis(after.time() - before.time())) + " later";
  }

  private static String naming(Incident incident) {
    if (!incident.isLinked()) {
      return ".";
    }
    String first = incident.taken().get(0);
    int more = incident.taken().size() - 1;
    return ", naming " + (more == 0 ? first : first + " and " + more + " more") + ".";
  }

  private static String corroboration(Incident incident) {
    List<Corroboration> seen = incident.corroborations();
    if (seen.isEmpty()) {
      return "";
    }
    Corroboration told =
        seen.stream().filter(Corroboration::confirms).findFirst().orElse(seen.get(0));
    String what =
        switch (told.kind()) {
          case RECEIVED -> "Confirmed: " + told.server() + " received " + told.path();
          case SHARE_FILE_ACCESS ->
              told.server() + " logged that " + told.path() + " was written to its share";
          case SHARE_ACCESS -> told.server() + " logged an access to its share";
          case CONNECTION -> told.host() + " was seen to connect to " + told.server();
        };
    return what + " at " + Instant.ofEpochMilli(told.seen()) + ". ";
  }

  private static String destination(Incident incident) {
    if (incident.targets().isEmpty()) {
      return "a UNC path";
    }
    String first = incident.targets().get(0).text();
    int more = incident.targets().size() - 1;
    return more == 0 ? first : first + " and " + more + " more";
  }

  /** The first few of these names. */
  private static String listed(List<String> names) {
    int more = names.size() - NAMES_TOLD;
    return String.join(", ", names.subList(0, Math.min(NAMES_TOLD, names.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String origins(Step pull) {
    if (pull.detection().copy() == null || pull.detection().copy().pulledFrom().isEmpty()) {
      return "a UNC path";
    }
    return pull.detection().copy().pulledFrom().get(0).text();
  }

  private static boolean sameAccount(Step some, Step other) {
    return Objects.equals(some.detection().event().user(), other.detection().event().user());
  }

  private static String account(Step step) {
    SysmonEvent event = step.detection().event();
    return event.user() != null ? event.user() : Objects.requireNonNullElse(event.image(), "?");
  }

  private static String counts(Incident incident) {
    List<String> counts = new ArrayList<>();
    for (StepName name : StepName.values()) {
      StepSample sample = incident.sample(name);
      if (sample.count() > 0) {
        counts.add(
            switch (name) {
              case PULL -> count(sample.count(), "pull");
              case BULK ->
                  sample.count() == 1 ? "1 burst of files" : sample.count() + " bursts of files";
              case ARCHIVE -> count(sample.count(), "archive");
              case COPY -> sample.count() == 1 ? "1 copy" : sample.count() + " copies";
            });
      }
    }
    int last = counts.size() - 1;
    return last < 1
        ? String.join("", counts)
        : String.join(", ", counts.subList(0, last)) + " and " + counts.get(last);
  }

  private static String count(long count, String noun) {
    return String.format(Locale.ROOT, "%d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
