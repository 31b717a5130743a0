package io.stagehound.commandline;

import io.stagehound.event.SysmonEvent;
import io.stagehound.event.Text;
import io.stagehound.signal.Finding;
import io.stagehound.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from the commands of an event what they copy, and which drives they map. */
public final class CommandLineAnalyzer {

  /** The longest command line that Windows can start a process with. */
  private static final int LONGEST_LINE = 32_767;

  /** What is read of a script, or of a record of the module log. */
  private static final int LONGEST_SCRIPT = 256 * 1_024;

  private CommandLineAnalyzer() {}

  /**
   * What the commands of this event do. Of a command line longer than Windows can start a process
   * with, 32,767 characters, and of a script longer than 262,144, only so many are read; this
   * bounds time and memory, whatever variables and folders the text repeats.
   */
  public static CommandAnalysis analyze(SysmonEvent event) {
    return switch (event.type()) {
      case PROCESS_CREATE, SECURITY_PROCESS_CREATE -> ofProcess(event);
      case SCRIPT_BLOCK -> ofLog(event, event.scriptBlockText());
      case MODULE_LOG -> ofLog(event, event.payload());
      default -> CommandAnalysis.NOTHING;
    };
  }

  private static CommandAnalysis ofProcess(SysmonEvent event) {
    String line = event.commandLine();
    Program program = line == null ? null : Program.of(event);
    if (line == null || program == null) {
      return CommandAnalysis.NOTHING;
    }
    CommandAnalysis analysis = CommandAnalysis.NOTHING;
    if (!program.isShell() || CommandFilter.mayMatter(line)) {
      String read = Text.cut(line, LONGEST_LINE);
      ShellSession session = new ShellSession(event.currentDirectory(), read.length(), false);
      session.runProgram(program.name(), read);
      analysis = session.analysis(event.hostKey());
    }
    String builtAs = program.builtAs();
    return builtAs == null
        ? analysis
        : with(
            new Finding(Signal.RENAMED_TOOL, Text.cut(builtAs, Statement.LONGEST_TEXT)), analysis);
  }

  private static CommandAnalysis with(Finding finding, CommandAnalysis analysis) {
    List<Finding> findings = new ArrayList<>(analysis.findings());
    findings.add(finding);
    findings.sort(Comparator.comparing(Finding::signal));
    return new CommandAnalysis(analysis.copy(), analysis.drives(), List.copyOf(findings));
  }

  private static CommandAnalysis ofLog(SysmonEvent event, @Nullable String text) {
    if (text == null || !CommandFilter.mayMatter(text)) {
      return CommandAnalysis.NOTHING;
    }
    String read = Text.cut(text, LONGEST_SCRIPT);
    ShellSession session = new ShellSession(null, read.length(), true);
    if (event.scriptBlockText() != null) {
      session.runScript(read);
    } else {
      session.runLogged(ModuleLog.statements(read));
    }
    return session.analysis(event.hostKey());
  }
}
