package io.stagehound.commandline;

/** Cuts text for {@code cmd.exe}: double quotes, carets, {@code & && || |}, redirections. */
final class CmdLexer extends Lexer {

  private boolean inQuotes;

  CmdLexer(String line) {
    super(line);
  }

  @Override
  void take(char c) {
    if (c == '"') {
      beginWord();
      markQuoted();
      inQuotes = !inQuotes;
      at++;
    } else if (inQuotes) {
      add(c);
    } else if (c == '^') {
      at++;
      if (at < line.length()) {
        add(line.charAt(at));
      }
    } else if (c == '&' || c == '\n' || c == '(' || c == ')' || c == '|') {
      boolean pipe = c == '|' && !isAt("||");
      endStatement(pipe);
      at++;
    } else if (c == '>' || c == '<') {
      redirect();
    } else if (Character.isWhitespace(c)) {
      endWord();
      at++;
    } else {
      add(c);
    }
  }

  /** Passes {@code > file}, {@code 2>> file}, {@code 2>&1}: where output goes is no argument. */
  private void redirect() {
    boolean handle = at > 0 && Character.isDigit(line.charAt(at - 1));
    if (handle) {
      dropWord();
    } else {
      endWord();
    }
    while (at < line.length() && (line.charAt(at) == '>' || line.charAt(at) == '<')) {
      at++;
    }
    if (isAt("&")) {
      at += 2;
      return;
    }
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    boolean fileQuoted = false;
    while (at < line.length() && (fileQuoted || " &|)\n".indexOf(line.charAt(at)) < 0)) {
      fileQuoted ^= line.charAt(at) == '"';
      at++;
    }
  }
}
