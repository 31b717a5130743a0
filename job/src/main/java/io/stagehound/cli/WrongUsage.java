package io.stagehound.cli;

import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the arguments, in a line. */
final class WrongUsage {

  /** The commands there are, in words. */
  static final String COMMANDS = "there are hunt, watch and explain";

  private WrongUsage() {}

  static String text(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()
        && !unmatched.isUnknownOption()) {
      List<String> arguments = unmatched.getUnmatched();
      boolean anyCommand = wrong.getCommandLine().getCommandSpec().parent() != null;
      return anyCommand
          ? "one too many: '" + arguments.get(0) + "'"
          : "no command '" + arguments.get(0) + "': " + COMMANDS;
    }
    return String.valueOf(wrong.getMessage());
  }
}
