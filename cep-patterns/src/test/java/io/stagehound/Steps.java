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
import java.util.Arrays;
import java.util.List;

/** Steps for tests. */
public final class Steps {

  private Steps() {}

  /** An archive written into a staging directory. */
  public static Step archive(long time, String host, String path) {
    return archiveBy(time, host, "7z.exe", path);
  }

  /** An archive written into a staging directory by this image. */
  public static Step archiveBy(long time, String host, String image, String path) {
    SysmonEvent event = Events.event(EventType.FILE_CREATE, time, host, image, null, path);
    return new Step(StepName.ARCHIVE, Detection.of(event).orElseThrow(), Arrival.ON_TIME, null);
  }

  /** The file that makes an unusual number of them full in its folder. */
  public static Step bulk(long time, String host, String path) {
    SysmonEvent event = Events.event(EventType.FILE_CREATE, time, host, "x.exe", null, path);
    return new Step(StepName.BULK, Detection.of(event).orElseThrow(), Arrival.ON_TIME, null);
  }

  /** A copy of these sources to {@code \\fs01\drop}. */
  public static Step copy(long time, String host, String... sources) {
    return copyTo(time, host, "fs01", sources);
  }

  /** A copy of these sources to the share {@code drop} of this server. */
  public static Step copyTo(long time, String host, String server, String... sources) {
    return copying(
        StepName.COPY,
        time,
        host,
        "xcopy " + String.join(" ", sources) + " \\\\" + server + "\\drop",
        new CopyCommand(
            "xcopy",
            CopyDirection.TO_UNC,
            List.of(new UncPath(server, "drop", null)),
            List.of(sources),
            List.of("\\\\" + server + "\\drop")));
  }

  /** A copy from the share {@code data} of these servers. */
  public static Step pull(long time, String host, String... servers) {
    List<String> sources =
        Arrays.stream(servers).map(server -> "\\\\" + server + "\\data\\x.docx").toList();
    return copying(
        StepName.PULL,
        time,
        host,
        "copy " + String.join(" + ", sources) + " C:\\Temp",
        new CopyCommand("copy", CopyDirection.FROM_UNC, List.of(), sources, List.of("C:\\Temp")));
  }

  private static Step copying(
      StepName name, long time, String host, String commandLine, CopyCommand copy) {
    SysmonEvent event =
        Events.event(
            EventType.PROCESS_CREATE,
            time,
            host,
            "C:\\Windows\\System32\\xcopy.exe",
            commandLine,
            null);
    return new Step(
        name,
        new Detection(
            event, StagingScore.of(event), DetectionType.REMOTE_COPY_TOOL_TO_UNC, copy, List.of()),
        Arrival.ON_TIME,
        null);
  }

  /** The same step, come in this way. */
  public static Step arriving(Step step, Arrival arrival) {
    return new Step(step.name(), step.detection(), arrival, step.process());
  }
}
