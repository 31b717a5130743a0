package io.stagehound.commandline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Tells text in which no copy, no mapping and no encoded command can be, at a small part of what
 * reading it costs: nearly all text is of that kind. It looks for all the words that one of them
 * needs at once, as <a href="https://doi.org/10.1145/360825.360855">Aho and Corasick</a> do, in one
 * pass and without new objects. What shells let stand inside a word, quotes and escapes, it passes.
 */
final class CommandFilter {

  /** Stands in a word for its edge: white space, a separator, or the end of the text. */
  private static final char EDGE = ' ';

  /** Stands in a word for what an option of PowerShell begins with. */
  private static final char DASH = '-';

  /** The text has a word that is enough by itself. */
  private static final int ENOUGH = 1;

  /** The text has a command that gives what is in a file. */
  private static final int READS = 2;

  /** The text has what takes such, and writes it. */
  private static final int WRITES = 4;

  /** Parts of words that are enough; few words that people use have one. */
  private static final List<String> PARTS =
      List.of(
          ".copyto",
          ".moveto",
          "bitstransfer",
          "psdrive",
          "smbmapping",
          "networkdrive",
          "symboliclink",
          "junction",
          "-archive",
          "io.file]::replace");

  /** Whole words that are enough, also with {@code .exe}. */
  private static final List<String> WORDS =
      List.of(
          "copy",
          "copy-item",
          "cp",
          "cpi",
          "move",
          "move-item",
          "mv",
          "mi",
          "ndr",
          "mount",
          "rdr",
          "mklink",
          "net",
          "net1",
          "subst");

  /** Options by which PowerShell is given its command encoded. */
  private static final List<String> ENCODED =
      List.of("-e ", "-ec ", "-en ", "-enc ", "-enco ", "-encod ", "-encode ", "-encoded");

  private static final List<String> READERS = List.of("type", "more", "get-content", "gc", "cat");

  private static final List<String> SEARCHES = List.of("find", "findstr");

  private static final List<String> WRITERS =
      List.of("set-content", "sc", "add-content", "ac", "out-file");

  /** What may stand right before a word: an edge, or an option of cmd that takes a command. */
  private static final List<String> BEFORE_WORDS = List.of(" ", "/", ">", ":", "/c", "/k", "/r");

  /** What may stand right behind a word: an edge, or what begins an option or {@code .exe}. */
  private static final List<String> BEHIND_WORDS = List.of(" ", "/", ">", ".");

  private static final int CLASSES = 64;

  /** Beyond ASCII nothing but dashes matters. */
  private static final byte[] CLASS_OF = new byte[128];

  private static final byte OTHER = 0;
  private static final byte PASSED = -1;

  /** For each state and class the next state; what was found lies in the state's high bits. */
  private static final int[] NEXT;

  private static final int FOUND_SHIFT = 24;
  private static final int STATE_MASK = (1 << FOUND_SHIFT) - 1;

  static {
    Arrays.fill(CLASS_OF, OTHER);
    byte next = 1;
    for (char c = 'a'; c <= 'z'; c++) {
      CLASS_OF[c] = next;
      CLASS_OF[Character.toUpperCase(c)] = next++;
    }
    for (char c = '0'; c <= '9'; c++) {
      CLASS_OF[c] = next++;
    }
    for (char c : ".]:>".toCharArray()) {
      CLASS_OF[c] = next++;
    }
    for (char c : " \t\n\r\f\u000b;|&(){},=@+!".toCharArray()) {
      CLASS_OF[c] = next;
    }
    // Folders before a program's name, and options right behind it.
    CLASS_OF['\\'] = next;
    next++;
    CLASS_OF[DASH] = next;
    CLASS_OF['/'] = ++next;
    for (char c : "^`\"'".toCharArray()) {
      CLASS_OF[c] = PASSED;
    }
    NEXT = automaton();
  }

  private CommandFilter() {}

  /** Whether a copy, a mapping or an encoded command may be in the text. */
  static boolean mayMatter(String text) {
    int state = NEXT[classOf(EDGE)];
    int found = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      int kind = classOf(c);
      if (kind == PASSED) {
        if (c == '^' && isLineEnd(text, i + 1)) {
          // To cmd the line goes on, to PowerShell it ends: too rare to look for both.
          return true;
        }
        continue;
      }
      if (c == '\\' && isQuoteInWord(text, i)) {
        // To one program the quote parts a word, to another it does not: as rare.
        return true;
      }
      state = NEXT[(state & STATE_MASK) * CLASSES + kind];
      found |= state >>> FOUND_SHIFT;
      if (isEnough(found)) {
        return true;
      }
      if (c == '>' && i + 1 < length && text.charAt(i + 1) == '&') {
        // The handle behind it belongs to it, and a word may follow at once.
        state = NEXT[classOf(EDGE)];
        i += 2;
      }
    }
    state = NEXT[(state & STATE_MASK) * CLASSES + classOf(EDGE)];
    return isEnough(found | (state >>> FOUND_SHIFT));
  }

  private static boolean isEnough(int found) {
    return (found & ENOUGH) != 0 || found == (READS | WRITES);
  }

  /** Whether a backslash keeps a quote one that stands in the middle of a word. */
  private static boolean isQuoteInWord(String text, int backslash) {
    int behind = backslash + 2;
    return backslash > 0
        && behind < text.length()
        && text.charAt(behind - 1) == '"'
        && isInWord(text.charAt(backslash - 1))
        && isInWord(text.charAt(behind));
  }

  private static boolean isInWord(char c) {
    return classOf(c) != classOf(EDGE) || c == '\\';
  }

  private static boolean isLineEnd(String text, int at) {
    return text.startsWith("\n", at) || text.startsWith("\r\n", at);
  }

  private static int classOf(char c) {
    if (c < CLASS_OF.length) {
      return CLASS_OF[c];
    }
    if (c >= '\u2013' && c <= '\u2015') {
      return CLASS_OF[DASH];
    }
    return Character.isWhitespace(c) ? CLASS_OF[EDGE] : OTHER;
  }

  private static int[] automaton() {
    List<String> words = new ArrayList<>();
    List<Integer> meanings = new ArrayList<>();
    for (String part : PARTS) {
      add(part, ENOUGH, words, meanings);
    }
    for (String word : WORDS) {
      addWord(word, ENOUGH, words, meanings);
    }
    for (String word : CopyTool.programs()) {
      addWord(word, SEARCHES.contains(word) ? READS : ENOUGH, words, meanings);
    }
    addWord("forfiles", ENOUGH, words, meanings);
    for (String option : ENCODED) {
      add(option, ENOUGH, words, meanings);
      add("/" + option.substring(1), ENOUGH, words, meanings);
    }
    for (String word : READERS) {
      addWord(word, READS, words, meanings);
    }
    for (String word : WRITERS) {
      addWord(word, WRITES, words, meanings);
    }
    add(">", WRITES, words, meanings);
    return automaton(words, meanings);
  }

  /** Adds a word with all that may stand right before and right behind it. */
  private static void addWord(
      String word, int meaning, List<String> words, List<Integer> meanings) {
    for (String before : BEFORE_WORDS) {
      for (String behind : BEHIND_WORDS) {
        add(before + word + behind, meaning, words, meanings);
      }
    }
  }

  private static void add(String word, int meaning, List<String> words, List<Integer> meanings) {
    words.add(word);
    meanings.add(meaning);
  }

  private static int[] automaton(List<String> words, List<Integer> meanings) {
    int most = 1 + words.stream().mapToInt(String::length).sum();
    int[][] next = new int[most][CLASSES];
    int[] found = new int[most];
    int states = 1;
    for (int i = 0; i < words.size(); i++) {
      int state = 0;
      for (char c : words.get(i).toCharArray()) {
        int kind = classOf(c);
        if (next[state][kind] == 0) {
          next[state][kind] = states++;
        }
        state = next[state][kind];
      }
      found[state] |= meanings.get(i);
    }
    // Where a word goes on no more, the longest end of it that begins another one does.
    int[] fallback = new int[states];
    Deque<Integer> open = new ArrayDeque<>(List.of(0));
    while (!open.isEmpty()) {
      int state = open.remove();
      found[state] |= found[fallback[state]];
      for (int kind = 0; kind < CLASSES; kind++) {
        int child = next[state][kind];
        int below = state == 0 ? 0 : next[fallback[state]][kind];
        if (child != 0) {
          fallback[child] = below;
          open.add(child);
        } else {
          next[state][kind] = below;
        }
      }
    }
    int[] table = new int[states * CLASSES];
    for (int state = 0; state < states; state++) {
      for (int kind = 0; kind < CLASSES; kind++) {
        int to = next[state][kind];
        table[state * CLASSES + kind] = to | (found[to] << FOUND_SHIFT);
      }
    }
    return table;
  }
}
