package io.stagehound.decode;

import io.stagehound.event.EventType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object where it lies, in one pass along the {@link FieldTable}: finds its end, and
 * where in it the fields are that the table names. Nothing is made of them before it is known that
 * the record may matter: that nearly all do not, their event ids tell.
 *
 * <p>It reads what collectors write: strict JSON in UTF-8, names without escapes. What is not sure
 * to be that, or holds a list of records, is left to {@link JsonFramer} and {@link JsonRecords},
 * which judge; of what is read here, they would say the same. Not thread-safe.
 */
final class JsonScanner {

  /** Given instead of the end of an object that others must judge. */
  static final int UNSURE = -1;

  /** Given instead of the end of an object whose bytes are not all there. */
  static final int CUT = -2;

  /** One bit for each level. Records have some five. */
  private static final int DEEPEST = Long.SIZE - 1;

  /** The framer takes one byte more. */
  private static final int LONGEST = Frame.LONGEST_RECORD + 1;

  private static final int LONGEST_NUMBER = 64;

  /** Far more than any record has. */
  private static final int MOST_KEPT = 1 << 12;

  private static final int MOST_DIGITS = 9;

  /** In place of the start of a text: an object that stands at this place has ended. */
  private static final int END_OF_OBJECT = -1;

  private final FieldNode root;

  private byte[] bytes = {};
  private int limit;

  // The brackets that are open: where in the table they stand, and which are lists.
  private final @Nullable FieldNode[] places = new FieldNode[DEEPEST + 1];
  private long lists;
  private int depth;

  // The texts that were kept, and ends of objects, as they came.
  private FieldNode[] nodes = new FieldNode[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int kept;

  // By the event id that counts so far, and the priority of that one.
  private boolean ofNoKind;
  private int eventIdPriority;

  // Of the whole object, and of the string that was read last.
  private boolean ascii;
  private boolean escaped;

  JsonScanner(FieldNode root) {
    this.root = root;
  }

  /**
   * Reads the object that begins at {@code from}.
   *
   * @param limit the end of the bytes that are there
   * @return the end of the object, or {@link #UNSURE}, or {@link #CUT}
   */
  int scan(byte[] in, int from, int limit) {
    this.bytes = in;
    this.limit = Math.min(limit, from + LONGEST);
    kept = 0;
    ofNoKind = false;
    eventIdPriority = FieldNode.NO_EVENT_ID;
    ascii = true;
    lists = 0;
    depth = 0;
    int end = scanFrom(from);
    boolean tooLong = end == CUT && limit - from >= LONGEST;
    boolean damaged = end >= 0 && !ascii && !Utf8.isValid(in, from, end);
    return tooLong || damaged ? UNSURE : end;
  }

  /**
   * Whether the event id of the object that is read is that of no kind that matters, and none
   * further on could count instead.
   */
  boolean isIrrelevant() {
    return ofNoKind && eventIdPriority == FieldTable.EXACT;
  }

  private boolean isOfNoKind(int start, int end) {
    if (end - start > MOST_DIGITS || behindDigits(start) != end) {
      return false;
    }
    int id = 0;
    for (int at = start; at < end; at++) {
      id = id * 10 + (bytes[at] - '0');
    }
    return EventType.of(id).isEmpty();
  }

  /** What the object that was read holds, good as long as its bytes are. */
  FieldValues values() {
    FieldValues values = new FieldValues();
    for (int i = 0; i < kept; i++) {
      if (starts[i] == END_OF_OBJECT) {
        JsonRecords.endItem(nodes[i], values);
      } else {
        boolean plain = ends[i] >= 0;
        nodes[i].put(
            plain
                ? FieldText.plain(bytes, starts[i], ends[i])
                : FieldText.escaped(bytes, starts[i], ~ends[i]),
            values);
      }
    }
    return values;
  }

  private int scanFrom(int from) {
    byte[] in = bytes;
    int at = from + 1;
    push(root, false);
    boolean opened = true;
    while (depth > 0) {
      at = behindSpace(at);
      if (at >= limit) {
        return CUT;
      }
      if (!opened || in[at] != closing()) {
        FieldNode node = places[depth];
        if (!isInList()) {
          int nameEnd = in[at] == '"' ? stringEnd(at + 1) : UNSURE;
          if (nameEnd < 0 || escaped) {
            return Math.min(nameEnd, UNSURE);
          }
          int name = at + 1;
          at = behindColon(nameEnd + 1);
          if (at < 0) {
            return at;
          }
          if (node != null) {
            // Once it is certain that nothing matters but lists of records, no text needs a place.
            node = isIrrelevant() && !isOpening(in[at]) ? null : node.child(in, name, nameEnd);
          }
        }
        int first = in[at];
        if (isOpening(first)) {
          if (depth == DEEPEST || (first == '[' && JsonFramer.isListOfRecords(node))) {
            return UNSURE;
          }
          push(node, first == '[');
          opened = true;
          at++;
          continue;
        }
        boolean string = first == '"';
        int start = string ? at + 1 : at;
        int end = string ? stringEnd(start) : literalEnd(at);
        if (end < 0) {
          return end;
        }
        if (node != null && first != 'n' && node.takesText() && !keep(node, start, end)) {
          return UNSURE;
        }
        at = string ? end + 1 : end;
      }
      opened = false;
      at = behindValue(at);
      if (at < 0) {
        return at;
      }
    }
    return at;
  }

  /** Passes the brackets that close behind a value, and the comma. */
  private int behindValue(int from) {
    int at = from;
    while (depth > 0) {
      at = behindSpace(at);
      if (at >= limit) {
        return CUT;
      }
      int next = bytes[at++];
      if (next == ',') {
        return at;
      }
      if (next != closing() || !pop()) {
        return UNSURE;
      }
    }
    return at;
  }

  private int behindColon(int from) {
    int at = behindSpace(from);
    if (at < limit && bytes[at] != ':') {
      return UNSURE;
    }
    at = behindSpace(at + 1);
    return at < limit ? at : CUT;
  }

  private int behindSpace(int from) {
    int at = from;
    while (at < limit && JsonFramer.isWhiteSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  private void push(@Nullable FieldNode node, boolean list) {
    depth++;
    places[depth] = node;
    lists = list ? lists | (1L << depth) : lists & ~(1L << depth);
  }

  private boolean pop() {
    FieldNode ended = isInList() ? null : places[depth];
    depth--;
    return ended == null
        || ended.holds() != FieldNode.Holds.NAMED_ITEMS
        || keep(ended, END_OF_OBJECT, END_OF_OBJECT);
  }

  private boolean isInList() {
    return (lists & (1L << depth)) != 0;
  }

  private int closing() {
    return isInList() ? ']' : '}';
  }

  private static boolean isOpening(int next) {
    return next == '{' || next == '[';
  }

  /** The closing quote of the string that begins here, behind its quote. */
  private int stringEnd(int from) {
    byte[] in = bytes;
    int end = limit;
    int at = from;
    escaped = false;
    while (at < end) {
      if (at + Long.BYTES <= end) {
        long marks = EightBytes.marksInString(in, at);
        if (marks == 0) {
          at += Long.BYTES;
          continue;
        }
        at += Long.numberOfTrailingZeros(marks) >>> 3;
      }
      int next = in[at];
      if (next == '"') {
        return at;
      }
      if (next == '\\') {
        escaped = true;
        at = behindEscape(at + 1);
        if (at < 0) {
          return at;
        }
      } else if (next < 0) {
        ascii = false;
        at++;
      } else if (next < ' ') {
        return UNSURE;
      } else {
        at++;
      }
    }
    return CUT;
  }

  /** Passes what stands behind a backslash. */
  private int behindEscape(int from) {
    if (from >= limit) {
      return CUT;
    }
    switch (bytes[from]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return from + 1;
      }
      case 'u' -> {
        int end = from + 5;
        for (int at = from + 1; at < end; at++) {
          if (at >= limit) {
            return CUT;
          }
          if (Character.digit(bytes[at], 16) < 0) {
            return UNSURE;
          }
        }
        return end;
      }
      default -> {
        return UNSURE;
      }
    }
  }

  /** The end of a number, of true, of false or of null. */
  private int literalEnd(int from) {
    escaped = false;
    int first = bytes[from];
    return switch (first) {
      case 't' -> wordEnd(from, "true");
      case 'f' -> wordEnd(from, "false");
      case 'n' -> wordEnd(from, "null");
      default -> numberEnd(from);
    };
  }

  private int wordEnd(int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (from + i >= limit) {
        return CUT;
      }
      if (bytes[from + i] != word.charAt(i)) {
        return UNSURE;
      }
    }
    return from + word.length();
  }

  /** {@code -?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?}, not very long. */
  private int numberEnd(int from) {
    int at = isAt(from, '-') ? from + 1 : from;
    int integer = at;
    at = behindDigits(at);
    boolean good = at > integer && (bytes[integer] != '0' || at == integer + 1);
    if (good && isAt(at, '.')) {
      int fraction = at + 1;
      at = behindDigits(fraction);
      good = at > fraction;
    }
    if (good && (isAt(at, 'e') || isAt(at, 'E'))) {
      int exponent = isAt(at + 1, '-') || isAt(at + 1, '+') ? at + 2 : at + 1;
      at = behindDigits(exponent);
      good = at > exponent;
    }
    if (at >= limit) {
      return CUT;
    }
    return good && at - from <= LONGEST_NUMBER ? at : UNSURE;
  }

  private int behindDigits(int from) {
    int at = from;
    while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private boolean isAt(int at, char wanted) {
    return at < limit && bytes[at] == wanted;
  }

  /** Keeps what was found; false when it is too much. */
  private boolean keep(FieldNode node, int start, int end) {
    int priority = node.eventIdPriority();
    if (priority < eventIdPriority && start != end) {
      eventIdPriority = priority;
      ofNoKind = !escaped && isOfNoKind(start, end);
    }
    if (kept == nodes.length) {
      if (kept == MOST_KEPT) {
        return false;
      }
      nodes = Arrays.copyOf(nodes, kept * 2);
      starts = Arrays.copyOf(starts, kept * 2);
      ends = Arrays.copyOf(ends, kept * 2);
    }
    nodes[kept] = node;
    starts[kept] = start;
    ends[kept] = escaped ? ~end : end;
    kept++;
    return true;
  }
}
