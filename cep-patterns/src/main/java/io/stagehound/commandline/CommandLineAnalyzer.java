package io.stagehound.commandline;

import io.stagehound.event.SysmonEvent;
import io.stagehound.event.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads from a process start what it copies to or from a UNC path. */
public final class CommandLineAnalyzer {

  private static final int LONGEST_LINE = 32_767;

  private CommandLineAnalyzer() {}

  /**
   * The copy that this event's command line makes; null when it makes none that has a UNC path at
   * an end. Of a line longer than Windows can start a process with, 32,767 characters, only so many
   * are read; this bounds time and memory, whatever variables and folders the line repeats.
   */
  public static @Nullable CopyCommand analyze(SysmonEvent event) {
    String image = event.image();
    if (event.commandLine() == null || image == null) {
      return null;
    }
    String commandLine = Text.cut(event.commandLine(), LONGEST_LINE);
    ShellSession session = new ShellSession(event.currentDirectory(), commandLine.length());
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
