package io.stagehound.commandline;

import io.stagehound.signal.Signal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command that copies files.
 *
 * @param grammar how its arguments are read
 * @param signal what its use shows by itself; null for the commands that the indicators look for
 * @param inProcess whether the shell runs it without starting a process
 */
record CopyTool(CopyGrammar grammar, @Nullable Signal signal, boolean inProcess) {

  private static final Map<String, CopyTool> PROGRAMS = new HashMap<>();
  private static final Map<String, CopyTool> IN_CMD = new HashMap<>();
  private static final Map<String, CopyTool> IN_POWERSHELL = new HashMap<>();

  static {
    PROGRAMS.put("xcopy", new CopyTool(FileTools::xcopy, null, false));
    PROGRAMS.put("robocopy", new CopyTool(FileTools::robocopy, null, false));
    program(FileTools::replace, "replace");
    program(FileTools::print, "print");
    program(FileTools::search, "findstr", "find");
    program(FileTools::esentutl, "esentutl");
    program(TransferTools::certutil, "certutil");
    program(TransferTools::bitsadmin, "bitsadmin");
    program(TransferTools::rclone, "rclone");
    program(TransferTools::wmic, "wmic");
    program(ArchiveTools::extrac32, "extrac32");
    program(ArchiveTools::expand, "expand");
    program(ArchiveTools::makecab, "makecab", "diantz");
    program(ArchiveTools::tar, "tar", "bsdtar");
    program(ArchiveTools::sevenZip, "7z", "7za", "7zr", "7zg");
    program(ArchiveTools::rar, "rar", "winrar", "unrar");

    IN_CMD.put("copy", new CopyTool(FileTools::copy, null, true));
    IN_CMD.put("move", new CopyTool(FileTools::move, null, true));
    IN_CMD.put("type", new CopyTool(FileTools::type, Signal.OTHER_COPY_TOOL, true));
    IN_CMD.put("more", new CopyTool(FileTools::type, Signal.OTHER_COPY_TOOL, true));

    cmdlet(Cmdlets::item, null, "copy-item", "move-item");
    // The aliases that PowerShell itself defines.
    cmdlet(Cmdlets::item, Signal.COPY_ALIAS, "copy", "cp", "cpi", "move", "mv", "mi");
    cmdlet(Cmdlets::bitsTransfer, Signal.OTHER_COPY_TOOL, "start-bitstransfer");
    cmdlet(Cmdlets::archive, Signal.OTHER_COPY_TOOL, "compress-archive", "expand-archive");
    cmdlet(Cmdlets::setContent, Signal.OTHER_COPY_TOOL, "set-content", "sc", "add-content", "ac");
    cmdlet(Cmdlets::outFile, Signal.OTHER_COPY_TOOL, "out-file");
    cmdlet(Cmdlets::getContent, Signal.OTHER_COPY_TOOL, "get-content", "gc", "cat", "type");
  }

  /** A method of .NET, whose arguments are read by {@link MethodCall}. */
  static final CopyTool METHOD =
      new CopyTool((statement, upstream) -> null, Signal.OTHER_COPY_TOOL, true);

  /** Commands that give what is in a file. */
  static final Set<String> READERS = Set.of("get-content", "gc", "cat", "type");

  private static void program(CopyGrammar grammar, String... names) {
    for (String name : names) {
      PROGRAMS.put(name, new CopyTool(grammar, Signal.OTHER_COPY_TOOL, false));
    }
  }

  private static void cmdlet(CopyGrammar grammar, @Nullable Signal signal, String... names) {
    for (String name : names) {
      IN_POWERSHELL.put(name, new CopyTool(grammar, signal, true));
    }
  }

  /** The tool that a command's name stands for in a shell; null when it copies nothing. */
  static @Nullable CopyTool of(String command, Shell shell) {
    CopyTool tool = PROGRAMS.get(command);
    if (tool != null) {
      return tool;
    }
    return switch (shell) {
      case CMD -> IN_CMD.get(command);
      case POWERSHELL -> IN_POWERSHELL.get(command);
    };
  }

  /** The programs that copy files, by the names of their images. */
  static Set<String> programs() {
    return PROGRAMS.keySet();
  }
}
