package io.stagehound.decode;

import java.io.IOException;
import java.util.BitSet;

/**
 * Finds the end of a JSON object in a stream by its brackets. Whether it is good JSON inside is for
 * the decoder to say; here matters only where the next record begins if it is not.
 */
final class JsonFramer {

  private JsonFramer() {}

  /** The object that begins here. */
  static Frame frame(ByteWindow in) throws IOException {
    // Which of the open brackets are lists.
    BitSet lists = new BitSet();
    int depth = 0;
    int previous = '\n';
    // The last byte that is neither white space nor inside a string.
    int significant = 0;
    boolean string = false;
    for (int at = 0; at <= Frame.LONGEST_RECORD; at++) {
      int next = in.peek(at);
      if (next == ByteWindow.END) {
        return Frame.damaged(at, "the input ends inside the record");
      }
      if (string) {
        if (next == '\n') {
          return Frame.damaged(at, "the record is cut: its line ends inside a text");
        }
        if (next == '\\') {
          at++;
        } else if (next == '"') {
          string = false;
        }
      } else if (next == '"') {
        string = true;
        significant = next;
      } else if (next == '{' || next == '[') {
        if (at > 0
            && next == '{'
            && previous == '\n'
            && !mayBeValue(significant, lists.get(depth))) {
          return Frame.damaged(at, "the record is cut: the next one begins inside it");
        }
        if (depth == JsonRecords.DEEPEST) {
          return Frame.damagedLine(at, "nested deeper than " + JsonRecords.DEEPEST);
        }
        lists.set(++depth, next == '[');
        significant = next;
      } else if (next == '}' || next == ']') {
        if (lists.get(depth) != (next == ']')) {
          return Frame.damagedLine(at, "its brackets do not match");
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
    return Frame.tooLong(Frame.LONGEST_RECORD);
  }

  /** Whether an object may begin after this byte: after a name, or as an element of a list. */
  private static boolean mayBeValue(int significant, boolean inList) {
    return significant == ':' || significant == '[' || (significant == ',' && inList);
  }
}
