package io.stagehound.cli;

import io.stagehound.commandline.CommandAnalysis;
import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.DriveMapping;
import io.stagehound.commandline.UncPath;
import io.stagehound.event.EventType;
import io.stagehound.event.ScriptBlockParts;
import io.stagehound.event.SysmonEvent;
import io.stagehound.receiver.Sighting;
import io.stagehound.score.Detection;
import io.stagehound.score.Indicator;
import io.stagehound.score.ScoredEvent;
import io.stagehound.signal.Finding;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
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
    ScoredEvent scored = ScoredEvent.of(event);
    Optional<Detection> detection = scored.detection();
    printEvent(event);
    out.println();
    for (Indicator indicator : Indicator.values()) {
      printIndicator(indicator, event);
    }
    out.println();
    out.println(detection.map(Explanation::verdict).orElse("StagingScore 0: not a detection"));
    printAnalysis(scored.analysis());
    out.println("In patterns: " + role(scored));
    out.flush();
  }

  private void printEvent(SysmonEvent event) {
    line("Event", heading(event.type()));
    line("Host", event.host());
    line("Time", Instant.ofEpochMilli(event.time()) + " (" + event.timeSource().published() + ")");
    line("User", event.user());
    line("Image", event.image());
    line("CommandLine", event.commandLine());
    line("OriginalFileName", event.originalFileName());
    line("CurrentDirectory", event.currentDirectory());
    line("TargetFilename", event.targetFilename());
    line("ParentImage", event.parentImage());
    line("ParentCommandLine", event.parentCommandLine());
    line("ScriptBlockText", event.scriptBlockText());
    if (event.messageNumber() != null && event.messageTotal() != null) {
      line("Part of the script", event.messageNumber() + " of " + event.messageTotal());
    }
    line("Payload", event.payload());
    line("SourceIp", event.sourceIp());
    line("DestinationIp", event.destinationIp());
    line("DestinationHostname", event.destinationHostname());
    line("ShareName", event.shareName());
    line("RelativeTargetName", event.relativeTargetName());
  }

  private static String heading(EventType type) {
    String provider =
        switch (type.provider()) {
          case SYSMON -> "Sysmon";
          case SECURITY -> "Security";
          case POWERSHELL -> "PowerShell";
        };
    return type.published() + " (" + provider + " " + type.eventId() + ")";
  }

  private void printIndicator(Indicator indicator, SysmonEvent event) {
    String found = indicator.find(event);
    out.printf(
        "%-19s %s%n",
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

  private void printAnalysis(CommandAnalysis analysis) {
    CopyCommand copy = analysis.copy();
    if (copy != null) {
      line("Copy", copy.tool() + ", " + copy.direction().published());
      line(
          "  targets",
          copy.targets().stream().map(UncPath::text).collect(Collectors.joining(", ")));
      line("  sources", String.join(", ", copy.sources()));
      line("  destinations", String.join(", ", copy.destinations()));
    }
    for (DriveMapping drive : analysis.drives()) {
      line(
          "Drive",
          drive.place() == null
              ? drive.name() + " stands for nothing any more, in " + drive.text()
              : drive.name() + " stands for " + drive.place() + ", in " + drive.text());
    }
    for (Finding finding : analysis.findings()) {
      line("Signal", finding.signal().published() + ", in " + finding.text());
    }
  }

  private static String role(ScoredEvent scored) {
    List<StepName> roles = scored.detection().map(Step::rolesOf).orElse(List.of());
    if (!roles.isEmpty()) {
      return roles.stream()
          .map(role -> "the step '" + role.published() + "'")
          .collect(Collectors.joining(", "));
    }
    if (!Sighting.of(scored.event()).isEmpty()) {
      return "no step, but it bears out a copy to " + Sighting.of(scored.event()).get(0).server();
    }
    if (ScriptBlockParts.isPart(scored.event())) {
      return "none by itself: the parts of a script are joined before they are looked at";
    }
    if (scored.analysis().copy() != null) {
      return "no step, unless a drive of this local copy is mapped to a share by another event";
    }
    return scored.score().isUncTarget()
        ? "no step: no copy to or from a UNC path is made, whatever the two backslashes are"
        : "no step; an archive in a staging directory, or a copy from or to a UNC path, is one";
  }

  private void line(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      out.printf("%-19s %s%n", name, Terminal.safe(value));
    }
  }
}
