package io.stagehound.decode;

import io.stagehound.decode.JsonTree.Entry;
import io.stagehound.decode.JsonTree.JsonList;
import io.stagehound.decode.JsonTree.JsonObject;
import io.stagehound.decode.JsonTree.JsonText;
import io.stagehound.decode.JsonTree.JsonWord;
import java.util.SplittableRandom;

/** One of the many ways to write the same JSON. */
final class JsonStyle {

  private enum Space {
    NONE,
    AFTER_SIGNS,
    ANYWHERE,
    LINES
  }

  private static final String[] SPACES = {" ", "  ", "\t", "\r", " \t ", "", ""};

  private final SplittableRandom random;
  private final Space space;

  /** Of how many characters one is escaped that need not be; 0 for none. */
  private final int escapeOneOf;

  private final boolean escapeBeyondAscii;
  private final boolean rawControls;
  private final StringBuilder out = new StringBuilder(2048);

  private JsonStyle(SplittableRandom random, boolean plain) {
    this.random = random;
    int spaces = plain ? 0 : random.nextInt(10);
    this.space =
        spaces < 4
            ? Space.NONE
            : spaces < 7 ? Space.AFTER_SIGNS : spaces < 9 ? Space.ANYWHERE : Space.LINES;
    int escapes = plain ? 0 : random.nextInt(8);
    this.escapeOneOf = escapes < 5 ? 0 : escapes == 5 ? 3 : escapes == 6 ? 40 : 400;
    this.escapeBeyondAscii = !plain && random.nextInt(3) == 0;
    this.rawControls = !plain && random.nextInt(20) == 0;
  }

  /** Writes a value without spaces, with no more escapes than it needs. */
  static String plain(JsonTree tree) {
    JsonStyle style = new JsonStyle(new SplittableRandom(0), true);
    style.write(tree, 0);
    return style.out.toString();
  }

  /** Writes a value in a style that is drawn. */
  static String any(JsonTree tree, SplittableRandom random) {
    JsonStyle style = new JsonStyle(random, false);
    style.space(0);
    style.write(tree, 0);
    style.space(0);
    return style.out.toString();
  }

  private void write(JsonTree tree, int depth) {
    if (tree instanceof JsonObject object) {
      out.append('{');
      String comma = "";
      for (Entry entry : object.entries) {
        out.append(comma);
        space(depth + 1);
        write(entry.name);
        if (space == Space.ANYWHERE) {
          space(depth + 1);
        }
        out.append(':');
        if (space != Space.NONE) {
          out.append(' ');
        }
        write(entry.value, depth + 1);
        comma = comma(depth);
      }
      space(depth);
      out.append('}');
    } else if (tree instanceof JsonList list) {
      out.append('[');
      String comma = "";
      for (JsonTree element : list.elements) {
        out.append(comma);
        space(depth + 1);
        write(element, depth + 1);
        comma = comma(depth);
      }
      space(depth);
      out.append(']');
    } else if (tree instanceof JsonText text) {
      write(text.text);
    } else if (tree instanceof JsonWord word) {
      out.append(word.word);
    }
  }

  private String comma(int depth) {
    if (space == Space.ANYWHERE) {
      space(depth);
    }
    return space == Space.AFTER_SIGNS ? ", " : ",";
  }

  private void space(int depth) {
    if (space == Space.LINES) {
      out.append('\n').append("  ".repeat(Math.min(depth, 20)));
    } else if (space == Space.ANYWHERE) {
      out.append(SPACES[random.nextInt(SPACES.length)]);
    }
  }

  private void write(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escape =
          (escapeOneOf > 0 && random.nextInt(escapeOneOf) == 0)
              || (escapeBeyondAscii && c > 0x7E)
              || (c < ' ' && !(rawControls && c != '\n'));
      if (escape) {
        writeEscaped(c);
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private void writeEscaped(char c) {
    int letter = "\b\f\n\r\t/\"\\".indexOf(c);
    if (letter >= 0 && random.nextBoolean()) {
      out.append('\\').append("bfnrt/\"\\".charAt(letter));
      return;
    }
    String digits = random.nextBoolean() ? "0123456789abcdef" : "0123456789ABCDEF";
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(digits.charAt((c >> shift) & 0xF));
    }
  }
}
