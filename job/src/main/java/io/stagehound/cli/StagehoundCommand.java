package io.stagehound.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that holds the others. */
@Command(
    name = "stagehound",
    mixinStandardHelpOptions = true,
    versionProvider = StagehoundCommand.Version.class,
    subcommands = {HuntCommand.class, WatchCommand.class, ExplainCommand.class},
    description = "Hunts remote data staging (MITRE ATT&CK T1074.002) in Windows telemetry.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It did what was asked, whatever it found.",
      "1:It could not finish.",
      "2:Wrong usage; nothing was written."
    })
final class StagehoundCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  StagehoundCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command: " + WrongUsage.COMMANDS);
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = StagehoundCommand.class.getPackage().getImplementationVersion();
      return new String[] {"stagehound " + (version == null ? "(not packaged)" : version)};
    }
  }
}
