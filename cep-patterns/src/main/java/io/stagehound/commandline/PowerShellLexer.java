package io.stagehound.commandline;

/**
 * Cuts text for PowerShell: both quotes, backticks, {@code ; | && ||}, script blocks and
 * parentheses, comments. A comma is a word of its own, since it makes its neighbours one argument.
 */
final class PowerShellLexer extends Lexer {

  PowerShellLexer(String line) {
    super(line);
  }

  @Override
  void take(char c) {
    if (c == '\'') {
      addQuoted('\'');
    } else if (c == '"') {
      addExpandable();
    } else if (c == '`') {
      at++;
      if (at < line.length()) {
        add(line.charAt(at));
      }
    } else if (c == '$' && isAt("${")) {
      addBraced();
    } else if (c == ';' || c == '\n' || c == '{' || c == '}' || c == '(' || c == ')') {
      endStatement(false);
      at++;
    } else if (c == '|') {
      boolean pipe = !isAt("||");
      endStatement(pipe);
      at += pipe ? 1 : 2;
    } else if (c == '&') {
      // A call, a second command after &&, or a job: the next word is a command.
      endStatement(false);
      at++;
    } else if (c == ',') {
      endWord();
      add(c);
      endWord();
    } else if (c == '#' && !insideWord()) {
      int end = line.indexOf('\n', at);
      at = end < 0 ? line.length() : end;
    } else if (Character.isWhitespace(c)) {
      endWord();
      at++;
    } else {
      add(c);
    }
  }

  /** A text in double quotes, in which a backtick escapes. */
  private void addExpandable() {
    beginWord();
    markQuoted();
    at++;
    while (at < line.length() && line.charAt(at) != '"') {
      if (line.charAt(at) == '`' && at + 1 < line.length()) {
        at++;
      }
      add(line.charAt(at));
    }
    at++;
  }

  private void addBraced() {
    while (at < line.length() && line.charAt(at) != '}') {
      add(line.charAt(at));
    }
    if (at < line.length()) {
      add('}');
    }
  }
}
