package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a line of shell text into statements of words, in one pass. The grammars of the shells are
 * read leniently: what an attacker writes need not be complete, and matters even where it would
 * fail.
 */
abstract class Lexer {

  /** What the next word is to a redirection. */
  private enum Redirection {
    /** Nothing: it is an argument. */
    NONE,
    /** The file that the output goes to. */
    OUTPUT,
    /** Another file: one that errors go to, or that input comes from. */
    OTHER
  }

  /** Statements as far as they were read, of the line or of what stands inside a word of it. */
  private static final class Level {
    private final int from;
    private final List<Statement> statements = new ArrayList<>();
    private List<Word> words = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder bare = new StringBuilder();
    private List<Statement> inner = new ArrayList<>();
    private int wordStart = -1;
    private List<Word> outputs = new ArrayList<>();
    private int end;
    private int endOfOutputs;
    private boolean quoted;
    private boolean piped;
    private Redirection redirection = Redirection.NONE;

    private Level(int from) {
      this.from = from;
    }

    private void clearWord() {
      text.setLength(0);
      bare.setLength(0);
      wordStart = -1;
      quoted = false;
      inner = new ArrayList<>();
    }
  }

  private final List<Level> outer = new ArrayList<>();
  private Level now = new Level(0);

  final String line;
  int at;

  Lexer(String line) {
    this.line = line;
  }

  /** The statements of the line. */
  final List<Statement> statements() {
    while (at < line.length()) {
      take(line.charAt(at));
    }
    at = line.length();
    while (depth() > 0) {
      leave();
    }
    endStatement(false);
    return now.statements;
  }

  /** Takes in the character at {@link #at}, and moves on. */
  abstract void take(char c);

  /** Adds a character to the word. */
  final void add(char c) {
    beginWord();
    now.text.append(c);
    now.bare.append(c);
    at++;
  }

  /** Adds a character that means only itself to the word. */
  final void addHidden(char c) {
    beginWord();
    now.text.append(c);
    now.bare.append(Word.HIDDEN);
    at++;
  }

  final void beginWord() {
    if (now.wordStart < 0) {
      now.wordStart = at;
    }
  }

  final boolean insideWord() {
    return now.wordStart >= 0;
  }

  /** The word as far as it was read. */
  final CharSequence word() {
    return now.text;
  }

  /** The words that the statement has so far. */
  final List<Word> words() {
    return now.words;
  }

  /** Whether the statement reads what the one before it writes. */
  final boolean isPiped() {
    return now.piped;
  }

  final void markQuoted() {
    now.quoted = true;
  }

  final void endWord() {
    if (now.wordStart >= 0) {
      int end = Math.min(at, line.length());
      if (now.redirection == Redirection.NONE) {
        now.words.add(finishedWord());
        now.end = end;
      } else if (now.redirection == Redirection.OUTPUT) {
        now.outputs.add(finishedWord());
        now.endOfOutputs = end;
      }
      now.redirection = Redirection.NONE;
    }
    now.clearWord();
  }

  private Word finishedWord() {
    String text = now.text.toString();
    String bare = now.bare.indexOf("\0") < 0 ? text : now.bare.toString();
    return new Word(text, bare, now.quoted, now.wordStart, List.copyOf(now.inner));
  }

  /**
   * Passes {@code > file}, {@code 2>> file}, {@code 2>&1}: where output goes is no argument. A
   * digit before the sign belongs to it only where it is a word of its own.
   */
  final void redirect() {
    boolean handle =
        now.text.length() == 1 && !now.quoted && "0123456789*".indexOf(now.text.charAt(0)) >= 0;
    boolean output = isAt(">") && (!handle || "1*".indexOf(now.text.charAt(0)) >= 0);
    if (handle) {
      now.clearWord();
    } else {
      endWord();
    }
    while (isAt(">") || isAt("<")) {
      at++;
    }
    if (isAt("&")) {
      at += 2;
    } else {
      now.redirection = output ? Redirection.OUTPUT : Redirection.OTHER;
    }
  }

  /**
   * Ends the statement.
   *
   * @param intoPipe whether the next one reads what this one writes
   */
  final void endStatement(boolean intoPipe) {
    endWord();
    if (!now.words.isEmpty()) {
      now.statements.add(
          new Statement(
              now.words,
              now.outputs,
              now.piped,
              line,
              now.end,
              Math.max(now.end, now.endOfOutputs)));
      now.words = new ArrayList<>();
    }
    now.outputs = new ArrayList<>();
    now.endOfOutputs = 0;
    now.piped = intoPipe;
    now.redirection = Redirection.NONE;
  }

  /** Begins what stands inside the word and has statements of its own. */
  final void enter() {
    beginWord();
    outer.add(now);
    now = new Level(at);
  }

  /** How deep inside of words this is. */
  final int depth() {
    return outer.size();
  }

  /** Ends what stands inside the word, with this character, and adds all of it to the word. */
  final void leave() {
    endStatement(false);
    Level inside = now;
    now = outer.remove(outer.size() - 1);
    now.inner.addAll(inside.statements);
    at = Math.min(at + 1, line.length());
    now.text.append(line, inside.from, at);
    now.bare.append(String.valueOf(Word.HIDDEN).repeat(at - inside.from));
  }

  final boolean isAt(String text) {
    return line.startsWith(text, at);
  }
}
