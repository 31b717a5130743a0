package io.stagehound.decode;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text of a record: most are never asked for, and so it may be left where it lies in the record's
 * bytes until it is.
 */
final class FieldText {

  /** What stands for nothing in {@link #bytes} where the text is there. */
  private static final byte[] NO_BYTES = {};

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final boolean escaped;
  private @Nullable String text;

  private FieldText(byte[] bytes, int from, int to, boolean escaped, @Nullable String text) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.escaped = escaped;
    this.text = text;
  }

  static FieldText of(String text) {
    return new FieldText(NO_BYTES, 0, text.length(), false, text);
  }

  /** The text that is these bytes of UTF-8, good as long as they are. */
  static FieldText plain(byte[] bytes, int from, int to) {
    return new FieldText(bytes, from, to, false, null);
  }

  /** The text that these bytes of UTF-8 spell as a string of JSON, good as long as they are. */
  static FieldText escaped(byte[] bytes, int from, int to) {
    return new FieldText(bytes, from, to, true, null);
  }

  boolean isEmpty() {
    return from == to;
  }

  String text() {
    if (text == null) {
      text =
          escaped
              ? unescaped(bytes, from, to)
              : new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    return text;
  }

  /** Whether it may begin with one of these ASCII characters, behind white space. */
  boolean mayBeginWithOneOf(String characters) {
    if (text != null) {
      return true;
    }
    int at = from;
    while (at < to && bytes[at] >= 0 && bytes[at] <= ' ') {
      at++;
    }
    return at < to && (bytes[at] < 0 || bytes[at] == '\\' || characters.indexOf(bytes[at]) >= 0);
  }

  private static String unescaped(byte[] bytes, int from, int to) {
    // No escape is shorter than what it stands for.
    byte[] out = new byte[to - from];
    int length = 0;
    int at = from;
    while (at < to) {
      byte next = bytes[at++];
      if (next == '\\') {
        int character = escapedCharacter(bytes, at);
        at += bytes[at] == 'u' ? 5 : 1;
        if (character < 0x80) {
          out[length++] = (byte) character;
        } else if (character < 0x800) {
          out[length++] = (byte) (0xC0 | (character >> 6));
          out[length++] = (byte) (0x80 | (character & 0x3F));
        } else if (Character.isSurrogate((char) character)) {
          return unescapedInPieces(bytes, from, to);
        } else {
          out[length++] = (byte) (0xE0 | (character >> 12));
          out[length++] = (byte) (0x80 | ((character >> 6) & 0x3F));
          out[length++] = (byte) (0x80 | (character & 0x3F));
        }
      } else {
        out[length++] = next;
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  /** Of surrogates, which UTF-8 has only in pairs, and in another form. */
  private static String unescapedInPieces(byte[] bytes, int from, int to) {
    StringBuilder out = new StringBuilder(to - from);
    int piece = from;
    for (int at = from; at < to; at++) {
      if (bytes[at] == '\\') {
        out.append(new String(bytes, piece, at - piece, StandardCharsets.UTF_8));
        at++;
        out.append((char) escapedCharacter(bytes, at));
        at += bytes[at] == 'u' ? 4 : 0;
        piece = at + 1;
      }
    }
    return out.append(new String(bytes, piece, to - piece, StandardCharsets.UTF_8)).toString();
  }

  /** What stands behind a backslash. */
  private static int escapedCharacter(byte[] bytes, int at) {
    return switch (bytes[at]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal(bytes, at + 1);
      default -> bytes[at];
    };
  }

  private static int hexadecimal(byte[] bytes, int from) {
    int value = 0;
    for (int at = from; at < from + 4; at++) {
      value = value << 4 | Character.digit(bytes[at], 16);
    }
    return value;
  }
}
