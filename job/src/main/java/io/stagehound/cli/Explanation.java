package io.stagehound.cli;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.UncPath;
import io.stagehound.event.SysmonEvent;
import io.stagehound.pattern.ArchiveThenUncCopy;
import io.stagehound.score.Detection;
import io.stagehound.score.DetectionType;
import io.stagehound.score.Indicator;
import io.stagehound.score.Signal;
import io.stagehound.step.Step;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Stagehound sees in one event, and why, as text. */
final class Explanation {

  private final PrintWriter out;

  Explanation(PrintWriter out) {
    this.out = out;
  }

  void print(SysmonEvent event) {
    Optional<Detection> detection = Detection.of(event);
    printEvent(event);
    out.println();
    for (Indicator indicator : Indicator.values()) {
      printIndicator(indicator, event);
    }
    out.println();
    out.println(detection.map(Explanation::verdict).orElse("StagingScore 0: not a detection"));
    detection.ifPresent(found -> printCopy(found.copy()));
    detection.ifPresent(this::printSignals);
    out.println("In " + ArchiveThenUncCopy.ID + ": " + role(detection));
    out.flush();
  }

  private void printEvent(SysmonEvent event) {
    line("Event", event.type().published() + " (Sysmon " + event.type().eventId() + ")");
    line("Host", event.host());
    line("Time", Instant.ofEpochMilli(event.time()) + " (" + event.timeSource().published() + ")");
    line("User", event.user());
    line("Image", event.image());
    line("CommandLine", event.commandLine());
    line("CurrentDirectory", event.currentDirectory());
    line("TargetFilename", event.targetFilename());
    line("ParentImage", event.parentImage());
    line("ParentCommandLine", event.parentCommandLine());
  }

  private void printIndicator(Indicator indicator, SysmonEvent event) {
    String found = indicator.find(event);
    out.printf(
        "%-17s %s%n",
        indicator.published(),
        found == null
            ? "0   " + indicator.meaning() + ": no"
            : "1   '"
                + Terminal.safe(found)
                + "' in "
                + Terminal.safe(String.valueOf(indicator.searched(event))));
  }

  private static String verdict(Detection detection) {
    return "StagingScore "
        + detection.score().sum()
        + ", DetectionType "
        + detection.type().published();
  }

  private void printCopy(@Nullable CopyCommand copy) {
    if (copy == null) {
      return;
    }
    line("Copy", copy.tool() + ", " + copy.direction().published());
    line("  targets", copy.targets().stream().map(UncPath::text).collect(Collectors.joining(", ")));
    line("  sources", String.join(", ", copy.sources()));
  }

  private void printSignals(Detection detection) {
    line(
        "Signals",
        detection.signals().stream().map(Signal::published).collect(Collectors.joining(", ")));
  }

  private static String role(Optional<Detection> detection) {
    Optional<Step> step = detection.flatMap(Step::of);
    if (step.isPresent()) {
      return "the step '" + step.get().name().published() + "'";
    }
    DetectionType type = detection.map(Detection::type).orElse(null);
    if (type != DetectionType.REMOTE_COPY_TOOL_TO_UNC && type != DetectionType.PS_CMD_REMOTE_COPY) {
      return "no step; an archive in a staging directory or a copy to a UNC path would be one";
    }
    return detection.get().copy() == null
        ? "no step: no copy to or from a UNC path is made, whatever the two backslashes are"
        : "no step: the copy only reads from a UNC path, which pulls and does not push";
  }

  private void line(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      out.printf("%-17s %s%n", name, Terminal.safe(value));
    }
  }
}
