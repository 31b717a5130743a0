package io.stagehound.score;

import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the five yes/no tests of the published search for MITRE ATT&CK <a
 * href="https://attack.mitre.org/techniques/T1074/002/">T1074.002</a>. The tests are a contract:
 * hunters compare them row by row with their SIEM's, false alarms included.
 */
public enum Indicator {
  /** The file written, else the acting image, lies in a directory that attackers stage in. */
  IS_STAGING_PATH("IsStagingPath", "TargetFilename or Image lies in a staging directory") {
    @Override
    public @Nullable String searched(SysmonEvent event) {
      if (!event.type().isScored()) {
        return null;
      }
      return event.targetFilename() != null ? event.targetFilename() : event.image();
    }

    @Override
    public @Nullable String find(SysmonEvent event) {
      return AsciiText.firstContained(searched(event), STAGING_DIRECTORIES);
    }
  },
  /** The file written has an archive's extension. */
  IS_ARCHIVE_FILE("IsArchiveFile", "TargetFilename ends as an archive does") {
    @Override
    public @Nullable String searched(SysmonEvent event) {
      return event.type().isScored() ? event.targetFilename() : null;
    }

    @Override
    public @Nullable String find(SysmonEvent event) {
      return AsciiText.firstEnding(searched(event), ARCHIVE_EXTENSIONS);
    }
  },
  /** The process started is a command-line copy tool. */
  IS_REMOTE_COPY_TOOL("IsRemoteCopyTool", "a started Image is a copy tool") {
    @Override
    public @Nullable String searched(SysmonEvent event) {
      return isProcessCreate(event) ? event.image() : null;
    }

    @Override
    public @Nullable String find(SysmonEvent event) {
      return AsciiText.firstContained(searched(event), COPY_TOOLS);
    }
  },
  /** The command line holds what may begin a UNC path. */
  IS_UNC_TARGET("IsUNCTarget", "CommandLine has two backslashes before a letter or digit") {
    @Override
    public @Nullable String searched(SysmonEvent event) {
      return isProcessCreate(event) ? event.commandLine() : null;
    }

    @Override
    public @Nullable String find(SysmonEvent event) {
      return AsciiText.firstUncLike(searched(event));
    }
  },
  /** A shell was started with a copy command and what may be a UNC path. */
  IS_PS_COPY("IsPSCopy", "a started shell has a copy command and IsUNCTarget") {
    @Override
    public @Nullable String searched(SysmonEvent event) {
      return isProcessCreate(event) ? event.commandLine() : null;
    }

    @Override
    public @Nullable String find(SysmonEvent event) {
      if (IS_UNC_TARGET.find(event) == null
          || AsciiText.firstContained(event.image(), SHELLS) == null) {
        return null;
      }
      String found = AsciiText.firstContained(searched(event), COPY_COMMANDS);
      return found != null ? found : AsciiText.firstBeforeWhiteSpace(searched(event), COPY_VERBS);
    }
  };

  private static final List<String> STAGING_DIRECTORIES =
      List.of(
          "\\temp\\",
          "\\tmp\\",
          "\\public\\",
          "\\programdata\\",
          "\\inetpub\\wwwroot\\",
          "\\wwwroot\\",
          "\\appdata\\local\\temp\\",
          "\\users\\public\\");

  private static final List<String> ARCHIVE_EXTENSIONS =
      List.of(".zip", ".rar", ".7z", ".tar", ".gz", ".cab", ".iso", ".bz2");

  private static final List<String> COPY_TOOLS = List.of("xcopy.exe", "robocopy.exe");

  private static final List<String> SHELLS = List.of("powershell.exe", "pwsh.exe", "cmd.exe");

  private static final List<String> COPY_COMMANDS =
      List.of("copy-item", "move-item", "xcopy", "robocopy");

  private static final List<String> COPY_VERBS = List.of("copy", "move");

  private final String published;
  private final String meaning;

  Indicator(String published, String meaning) {
    this.published = published;
    this.meaning = meaning;
  }

  /** The name of the column that detections carry. */
  public String published() {
    return published;
  }

  /** What the test asks, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** The field of the event that is searched; null when it is missing or does not count. */
  public abstract @Nullable String searched(SysmonEvent event);

  /**
   * The text that makes this indicator hold for the event, in lower case but for a UNC's: the first
   * listed one that the field contains. Null when the indicator does not hold; a missing field
   * never matches.
   */
  public abstract @Nullable String find(SysmonEvent event);

  /** Where the innermost staging directory of a lower-case path ends; -1 when there is none. */
  static int endOfStagingDirectory(String path) {
    int end = -1;
    for (String directory : STAGING_DIRECTORIES) {
      int at = path.lastIndexOf(directory);
      end = at < 0 ? end : Math.max(end, at + directory.length());
    }
    return end;
  }

  private static boolean isProcessCreate(SysmonEvent event) {
    return event.type() == EventType.PROCESS_CREATE;
  }
}
