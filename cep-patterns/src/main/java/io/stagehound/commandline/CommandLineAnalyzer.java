package io.stagehound.commandline;

import io.stagehound.event.SysmonEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads from a process start what it copies to or from a UNC path. */
public final class CommandLineAnalyzer {

  private CommandLineAnalyzer() {}

  /**
   * The copy that this event's command line makes; null when it makes none that has a UNC path at
   * an end. Time and memory are proportional to the length of the command line.
   */
  public static @Nullable CopyCommand analyze(SysmonEvent event) {
    String commandLine = event.commandLine();
    String image = event.image();
    if (commandLine == null || image == null) {
      return null;
    }
    ShellSession session = new ShellSession(event.currentDirectory());
    String lowerImage = image.toLowerCase(Locale.ROOT);
    // As the indicators have it: the name may be anywhere in the image's path.
    if (lowerImage.contains("robocopy.exe")) {
      session.runTool("robocopy", commandLine);
    } else if (lowerImage.contains("xcopy.exe")) {
      session.runTool("xcopy", commandLine);
    } else if (lowerImage.contains("powershell.exe") || lowerImage.contains("pwsh.exe")) {
      session.startPowerShell(commandLine);
    } else if (lowerImage.contains("cmd.exe")) {
      session.startCmd(commandLine);
    }
    return session.copy();
  }
}
