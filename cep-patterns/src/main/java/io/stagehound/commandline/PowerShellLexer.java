package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text for PowerShell: both quotes, backticks, {@code ; | && ||}, comments, redirections.
 * Parentheses and blocks are one word each, with the statements inside them. A comma is a word of
 * its own, since it makes its neighbours one argument.
 */
final class PowerShellLexer extends Lexer {

  /** Parentheses in parentheses: deeper ones only part statements. */
  private static final int DEEPEST = 16;

  /** Statements that end with a block, not with a separator. */
  private static final Set<String> BLOCK_STATEMENTS =
      Set.of(
          "begin",
          "catch",
          "do",
          "else",
          "elseif",
          "end",
          "filter",
          "finally",
          "for",
          "foreach",
          "function",
          "if",
          "process",
          "switch",
          "trap",
          "try",
          "while");

  /** For each level, whether it stands inside a text in double quotes. */
  private final List<Boolean> fromText = new ArrayList<>();

  private boolean inText;
  private int notEntered;

  PowerShellLexer(String line) {
    super(line);
  }

  @Override
  void take(char c) {
    if (inText) {
      takeText(c);
    } else if (isAt("<#")) {
      skipComment();
    } else if (!insideWord() && (isAt("@'") || isAt("@\"")) && isHereString()) {
      addHereString();
    } else if (c == '\'') {
      addLiteral();
    } else if (c == '"') {
      beginWord();
      markQuoted();
      inText = true;
      at++;
    } else if (c == '`') {
      escape();
    } else if (isAt("${")) {
      addBraced();
    } else if (isAt("$(")) {
      open(2);
    } else if ((isAt("@(") || isAt("@{")) && (!insideWord() || isAfter("="))) {
      endWord();
      open(2);
    } else if (c == '(' || c == '{') {
      if (c == '{' || !isExpression()) {
        endWord();
      }
      open(1);
    } else if (c == ')' || c == '}') {
      close(c);
    } else if (c == ';' || c == '\n') {
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
    } else if (c == '>') {
      redirect();
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

  /** A text in double quotes, in which a backtick escapes and {@code $(…)} is run. */
  private void takeText(char c) {
    if (c == '"') {
      inText = false;
      at++;
    } else if (isAt("$(")) {
      open(2);
    } else {
      if (c == '`' && at + 1 < line.length()) {
        at++;
      }
      addHidden(line.charAt(at));
    }
  }

  /** A text in single quotes, in which nothing means anything. */
  private void addLiteral() {
    beginWord();
    markQuoted();
    at++;
    while (at < line.length() && line.charAt(at) != '\'') {
      addHidden(line.charAt(at));
    }
    at++;
  }

  private void skipComment() {
    int end = line.indexOf("#>", at + 2);
    at = end < 0 ? line.length() : end + 2;
  }

  /**
   * Whether nothing but blanks stands between the quote that may open a text and its line's end.
   */
  private boolean isHereString() {
    int next = at + 2;
    while (next < line.length() && (line.charAt(next) == ' ' || line.charAt(next) == '\r')) {
      next++;
    }
    return next < line.length() && line.charAt(next) == '\n';
  }

  /** A text of several lines, which ends where its quote and an at sign begin a line. */
  private void addHereString() {
    int end = line.indexOf("\n" + line.charAt(at + 1) + "@", at);
    beginWord();
    markQuoted();
    at = line.indexOf('\n', at) + 1;
    while (at < (end < 0 ? line.length() : end)) {
      addHidden(line.charAt(at));
    }
    at = end < 0 ? line.length() : end + 3;
  }

  /** A backtick keeps the character behind it from meaning anything, and a line from ending. */
  private void escape() {
    at++;
    if (isAt("\r\n") || isAt("\n")) {
      endWord();
      at += isAt("\n") ? 1 : 2;
    } else if (at < line.length()) {
      addHidden(line.charAt(at));
    }
  }

  private void addBraced() {
    while (at < line.length() && line.charAt(at) != '}') {
      add(line.charAt(at));
    }
    if (at < line.length()) {
      add('}');
    }
  }

  /** Whether the word calls a method: {@code $f.Replace(}, {@code (Get-Item x).CopyTo(}. */
  private boolean isExpression() {
    return insideWord()
        && word().length() > 0
        && "$([".indexOf(word().charAt(0)) >= 0
        && !isAfter("=)");
  }

  /** Whether the word ends in one of these, as far as it was read. */
  private boolean isAfter(String characters) {
    int length = word().length();
    return length > 0 && characters.indexOf(word().charAt(length - 1)) >= 0;
  }

  private void open(int length) {
    if (depth() == DEEPEST) {
      if (!inText) {
        notEntered++;
        endStatement(false);
      }
    } else {
      enter();
      fromText.add(inText);
      inText = false;
    }
    at += length;
  }

  private void close(char c) {
    if (notEntered > 0 || depth() == 0) {
      notEntered = Math.max(0, notEntered - 1);
      endStatement(false);
      at++;
      return;
    }
    leave();
    inText = fromText.remove(fromText.size() - 1);
    if (c == '}' && !inText) {
      endWord();
      boolean blockStatement =
          !words().isEmpty()
              && !isPiped()
              && BLOCK_STATEMENTS.contains(words().get(0).text().toLowerCase(Locale.ROOT));
      if (blockStatement) {
        endStatement(false);
      }
    }
  }
}
