package io.stagehound.decode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a JSON object in a stream by its brackets. Whether it is good JSON inside is for
 * the decoder to say; here matters only where the next record begins if it is not. An object that
 * holds a list of records is opened and not taken whole: it may hold any number of them.
 */
final class JsonFramer {

  /** Longer than any name of the {@link FieldTable}. */
  private static final int LONGEST_NAME = 64;

  // The open brackets, from 1 on: which of them are lists, where in the table they stand, and where
  // they are in the stream.
  private final BitSet lists = new BitSet();
  private final @Nullable FieldNode[] nodes = new FieldNode[JsonRecords.DEEPEST + 1];
  private final long[] starts = new long[JsonRecords.DEEPEST + 1];
  private int depth;

  // The last damage, and the brackets that enclose it: nothing that begins at one of them is whole.
  private @Nullable Frame damage;
  private long damagedFrom;
  private long[] enclosing = {};

  /**
   * The object that begins here.
   *
   * @param table where lists of records are named; null to take the object whole
   */
  Frame frame(ByteWindow in, @Nullable FieldNode table) throws IOException {
    if (damage != null && knowsDamage(in)) {
      return damage.from((int) (in.position() - damagedFrom));
    }
    depth = 0;
    nodes[0] = table;
    return scan(in);
  }

  /** Whether it is known already that the object that begins here is damaged. */
  boolean knowsDamage(ByteWindow in) {
    return damage != null && Arrays.binarySearch(enclosing, in.position()) >= 0;
  }

  /**
   * What follows the list of records that was opened: up to the end of the object, or to another.
   */
  Frame rest(ByteWindow in) throws IOException {
    return scan(in);
  }

  /** What stands in a list and is neither an object nor a list. */
  static Frame scalar(ByteWindow in) throws IOException {
    boolean string = false;
    int at = 0;
    for (int next = in.peek(0); next != ByteWindow.END && next != '\n'; next = in.peek(at)) {
      if (at >= Frame.LONGEST_RECORD) {
        return Frame.tooLong(at);
      }
      if (next == '"') {
        string = !string;
      } else if (string && next == '\\' && in.peek(at + 1) != ByteWindow.END) {
        at++;
      } else if (!string && (next == ',' || next == ']' || next == '}')) {
        break;
      }
      at++;
    }
    return at == 0 ? Frame.damagedLine(0, "its brackets do not match") : Frame.record(at);
  }

  private Frame scan(ByteWindow in) throws IOException {
    int previous = '\n';
    // The last byte that is neither white space nor inside a string.
    int significant = 0;
    // The last string outside of which we are.
    int stringFrom = 0;
    int stringTo = 0;
    boolean string = false;
    for (int at = 0; at <= Frame.LONGEST_RECORD; at++) {
      int next = in.peek(at);
      if (next == ByteWindow.END) {
        return damaged(in, Frame.damaged(at, "the input ends inside the record"));
      }
      if (string) {
        if (next == '\\' && isPartOfText(in.peek(at + 1))) {
          at++;
        } else if (next == '\n') {
          return damaged(in, Frame.damaged(at, "the record is cut: its line ends inside a text"));
        } else if (next == '"') {
          string = false;
          stringTo = at;
        }
      } else if (next == '"') {
        string = true;
        stringFrom = at + 1;
        significant = next;
      } else if (next == '{' || next == '[') {
        if (at > 0
            && next == '{'
            && previous == '\n'
            && !mayBeValue(significant, lists.get(depth))) {
          return damaged(in, Frame.damaged(at, "the record is cut: the next one begins inside it"));
        }
        if (depth == JsonRecords.DEEPEST) {
          return damaged(in, Frame.tooDeep(at));
        }
        FieldNode node = significant == ':' ? child(in, stringFrom, stringTo) : nodes[depth];
        push(next == '[', node, in.position() + at);
        if (next == '[' && isListOfRecords(node) && beginsWithObject(in, at + 1)) {
          return Frame.aroundRecords(at + 1);
        }
        significant = next;
      } else if (next == '}' || next == ']') {
        if (depth == 0 || lists.get(depth) != (next == ']')) {
          return damaged(in, Frame.damagedLine(at, "its brackets do not match"));
        }
        if (--depth == 0) {
          return Frame.record(at + 1);
        }
        significant = next;
      } else if (next > ' ') {
        significant = next;
      }
      previous = next;
    }
    // What begins further on may end in time.
    return Frame.tooLong(Frame.LONGEST_RECORD);
  }

  private static boolean isPartOfText(int next) {
    return next != '\n' && next != ByteWindow.END;
  }

  private void push(boolean list, @Nullable FieldNode node, long position) {
    depth++;
    lists.set(depth, list);
    nodes[depth] = node;
    starts[depth] = position;
  }

  private @Nullable FieldNode child(ByteWindow in, int from, int to) {
    FieldNode node = nodes[depth];
    if (node == null || to - from > LONGEST_NAME) {
      return null;
    }
    return node.child(new String(in.bytes(), in.from() + from, to - from, StandardCharsets.UTF_8));
  }

  static boolean isListOfRecords(@Nullable FieldNode node) {
    return node != null && node.holds() == FieldNode.Holds.RECORDS;
  }

  private static boolean beginsWithObject(ByteWindow in, int from) throws IOException {
    int at = from;
    while (at < Frame.LONGEST_RECORD && isWhiteSpace(in.peek(at))) {
      at++;
    }
    return in.peek(at) == '{';
  }

  static boolean isWhiteSpace(int next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }

  private Frame damaged(ByteWindow in, Frame damaged) {
    damage = damaged;
    damagedFrom = in.position();
    enclosing = Arrays.copyOfRange(starts, 1, depth + 1);
    return damaged;
  }

  /** Whether an object may begin after this byte: after a name, or as an element of a list. */
  private static boolean mayBeValue(int significant, boolean inList) {
    return significant == ':' || significant == '[' || (significant == ',' && inList);
  }
}
