package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a line of shell text into statements of words, in one pass. The grammars of the shells are
 * read leniently: what an attacker writes need not be complete, and matters even where it would
 * fail.
 */
abstract class Lexer {

  /** Statements that are read of one line; no real line has as many. */
  private static final int MOST_STATEMENTS = 1_000;

  private final List<Statement> statements = new ArrayList<>();
  private List<Word> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int wordStart = -1;
  private boolean quoted;
  private boolean piped;

  final String line;
  int at;

  Lexer(String line) {
    this.line = line;
  }

  /** The statements of the line. */
  final List<Statement> statements() {
    while (at < line.length() && statements.size() < MOST_STATEMENTS) {
      take(line.charAt(at));
    }
    endStatement(false);
    return statements;
  }

  /** Takes in the character at {@link #at}, and moves on. */
  abstract void take(char c);

  /** Adds a character to the word. */
  final void add(char c) {
    beginWord();
    word.append(c);
    at++;
  }

  /** Adds what stands between this quote and the next one like it, and passes both. */
  final void addQuoted(char quote) {
    beginWord();
    quoted = true;
    at++;
    while (at < line.length() && line.charAt(at) != quote) {
      word.append(line.charAt(at++));
    }
    at++;
  }

  final void beginWord() {
    if (wordStart < 0) {
      wordStart = at;
    }
  }

  final boolean insideWord() {
    return wordStart >= 0;
  }

  final void markQuoted() {
    quoted = true;
  }

  final void endWord() {
    if (wordStart >= 0) {
      words.add(new Word(word.toString(), quoted, wordStart));
    }
    word.setLength(0);
    wordStart = -1;
    quoted = false;
  }

  /** Ends the word and drops it. */
  final void dropWord() {
    word.setLength(0);
    wordStart = -1;
    quoted = false;
  }

  /**
   * Ends the statement.
   *
   * @param intoPipe whether the next one reads what this one writes
   */
  final void endStatement(boolean intoPipe) {
    endWord();
    if (!words.isEmpty()) {
      statements.add(new Statement(words, piped, line, Math.min(at, line.length())));
      words = new ArrayList<>();
    }
    piped = intoPipe;
  }

  final boolean isAt(String text) {
    return line.startsWith(text, at);
  }
}
