package io.stagehound.commandline;

import java.util.List;

/** A language that command lines are written in. */
enum Shell {
  /** That of {@code cmd.exe}. */
  CMD,
  /** That of Windows PowerShell and PowerShell. */
  POWERSHELL;

  /** The statements of a text in this language. */
  List<Statement> statements(String text) {
    return switch (this) {
      case CMD -> new CmdLexer(text).statements();
      case POWERSHELL -> new PowerShellLexer(text).statements();
    };
  }
}
