package io.stagehound.commandline;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text for {@code cmd.exe}: double quotes, carets, {@code & && || |}, redirections, and
 * parentheses where a command may stand. Elsewhere a parenthesis is part of a name.
 */
final class CmdLexer extends Lexer {

  /** What a block of commands, or the set of a loop, stands behind. */
  private static final Set<String> BEFORE_BLOCKS = Set.of("@", "do", "else", "in");

  private boolean inQuotes;
  private boolean behindCaret;
  private int blocks;

  CmdLexer(String line) {
    super(line);
  }

  @Override
  void take(char c) {
    if (c == '"') {
      beginWord();
      markQuoted();
      inQuotes = !inQuotes;
      behindCaret = inQuotes && at > 0 && line.charAt(at - 1) == '^';
      at++;
    } else if (inQuotes && !(behindCaret && c == '^')) {
      addHidden(c);
    } else if (c == '^') {
      escape();
    } else if (c == '(' && mayOpenBlock()) {
      blocks++;
      endStatement(false);
      at++;
    } else if (c == ')' && (blocks > 0 || mayOpenBlock())) {
      blocks = Math.max(0, blocks - 1);
      endStatement(false);
      at++;
    } else if (c == '&' || c == '\n') {
      endStatement(false);
      at++;
    } else if (c == '|') {
      boolean pipe = !isAt("||");
      endStatement(pipe);
      at += pipe ? 1 : 2;
    } else if (c == '>' || c == '<') {
      redirect();
    } else if (Character.isWhitespace(c)) {
      endWord();
      at++;
    } else {
      add(c);
    }
  }

  /** A caret keeps the character behind it from meaning anything, and a line from ending. */
  private void escape() {
    at++;
    if (isAt("\r\n")) {
      at += 2;
    } else if (isAt("\n")) {
      at++;
    } else if (at < line.length() && !isAt("\"")) {
      // A quote stays one to the program, which cuts its arguments itself.
      addHidden(line.charAt(at));
    }
  }

  private boolean mayOpenBlock() {
    if (insideWord()) {
      return "@".contentEquals(word());
    }
    List<Word> words = words();
    if (words.isEmpty()) {
      return true;
    }
    String last = words.get(words.size() - 1).text().toLowerCase(Locale.ROOT);
    return BEFORE_BLOCKS.contains(last) || words.get(0).text().equalsIgnoreCase("if");
  }
}
