package io.stagehound;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.CopyDirection;
import io.stagehound.commandline.UncPath;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.score.Detection;
import io.stagehound.score.DetectionType;
import io.stagehound.score.StagingScore;
import io.stagehound.step.Arrival;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.util.List;

/** Steps for tests. */
public final class Steps {

  private Steps() {}

  /** An archive written into a staging directory. */
  public static Step archive(long time, String host, String path) {
    SysmonEvent event = Events.event(EventType.FILE_CREATE, time, host, "7z.exe", null, path);
    return Step.of(Detection.of(event).orElseThrow()).orElseThrow();
  }

  /** A copy of these sources to {@code \\fs01\drop}. */
  public static Step copy(long time, String host, String... sources) {
    return copyTo(time, host, "fs01", sources);
  }

  /** A copy of these sources to the share {@code drop} of this server. */
  public static Step copyTo(long time, String host, String server, String... sources) {
    SysmonEvent event =
        Events.event(
            EventType.PROCESS_CREATE,
            time,
            host,
            "C:\\Windows\\System32\\xcopy.exe",
            "xcopy " + String.join(" ", sources) + " \\\\" + server + "\\drop",
            null);
    CopyCommand command =
        new CopyCommand(
            "xcopy",
            CopyDirection.TO_UNC,
            List.of(new UncPath(server, "drop", null)),
            List.of(sources));
    return new Step(
        StepName.COPY,
        new Detection(
            event, StagingScore.of(event), DetectionType.REMOTE_COPY_TOOL_TO_UNC, command),
        Arrival.ON_TIME);
  }
}
