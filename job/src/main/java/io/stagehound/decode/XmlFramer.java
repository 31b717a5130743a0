package io.stagehound.decode;

import java.io.IOException;

/**
 * Finds the end of an XML element in a stream by its tags. The element {@code Events} is opened and
 * not taken whole: it may hold any number of records.
 */
final class XmlFramer {

  private final ByteWindow in;
  private int at;
  private boolean cut;

  private XmlFramer(ByteWindow in) {
    this.in = in;
  }

  /** The markup that begins here: an element, or what stands between elements. */
  static Frame frame(ByteWindow in) throws IOException {
    return new XmlFramer(in).frame();
  }

  /** How many bytes of markup begin here that are no record; 0 when it may be one. */
  static int betweenRecords(ByteWindow in) throws IOException {
    XmlFramer framer = new XmlFramer(in);
    if (in.startsWith("<?", 0)) {
      return framer.passTo("?>") ? framer.at : 0;
    }
    if (in.startsWith("<!--", 0)) {
      return framer.passTo("-->") ? framer.at : 0;
    }
    if (in.startsWith("</", 0) || framer.localName(1).equals("Events")) {
      return framer.passTag() ? framer.at : 0;
    }
    return 0;
  }

  private Frame frame() throws IOException {
    String root = localName(1);
    if (in.startsWith("<!", 0)) {
      return Frame.damagedLine(0, "a document type, which is never expanded");
    }
    if (root.isEmpty()) {
      return Frame.damagedLine(0, "neither JSON nor XML");
    }
    int depth = 0;
    do {
      if (!passText()) {
        return unfinished();
      }
      if (in.startsWith("<!--", at)) {
        if (!passTo("-->")) {
          return unfinished();
        }
      } else if (in.startsWith("<![CDATA[", at)) {
        if (!passTo("]]>")) {
          return unfinished();
        }
      } else if (in.startsWith("<?", at)) {
        if (!passTo("?>")) {
          return unfinished();
        }
      } else if (depth > 0 && root.equals("Event") && localName(at + 1).equals("Event")) {
        return Frame.damaged(at, "the record is cut: the next one begins inside it");
      } else {
        boolean closing = in.peek(at + 1) == '/';
        if (!passTag()) {
          return unfinished();
        }
        boolean empty = in.peek(at - 2) == '/';
        depth += closing ? -1 : empty ? 0 : 1;
      }
    } while (depth > 0);
    return Frame.record(at);
  }

  private Frame unfinished() {
    if (cut) {
      return Frame.damaged(at, "the record is cut: a tag begins inside a tag");
    }
    return at >= Frame.LONGEST_RECORD
        ? Frame.tooLong(Frame.LONGEST_RECORD)
        : Frame.damaged(at, "the input ends inside the record");
  }

  /** The name of the tag whose name begins at this place, without prefix; empty when it is none. */
  private String localName(int from) throws IOException {
    StringBuilder name = new StringBuilder();
    for (int i = from; name.length() < 64; i++) {
      int next = in.peek(i);
      if (next == ':') {
        name.setLength(0);
      } else if (isNamePart(next)) {
        name.append((char) next);
      } else {
        break;
      }
    }
    return name.toString();
  }

  private static boolean isNamePart(int next) {
    return (next >= 'a' && next <= 'z')
        || (next >= 'A' && next <= 'Z')
        || (next >= '0' && next <= '9')
        || next == '_'
        || next == '-'
        || next == '.';
  }

  /** Passes to the next tag. */
  private boolean passText() throws IOException {
    while (at < Frame.LONGEST_RECORD) {
      int next = in.peek(at);
      if (next == '<') {
        return true;
      }
      if (next == ByteWindow.END) {
        return false;
      }
      at++;
    }
    return false;
  }

  /** Passes the tag that begins here, in whose quotes anything may stand but another tag. */
  private boolean passTag() throws IOException {
    int quote = 0;
    at++;
    while (at < Frame.LONGEST_RECORD) {
      int next = in.peek(at);
      cut = next == '<';
      if (cut || next == ByteWindow.END) {
        return false;
      }
      at++;
      if (quote != 0) {
        quote = next == quote ? 0 : quote;
      } else if (next == '"' || next == '\'') {
        quote = next;
      } else if (next == '>') {
        return true;
      }
    }
    return false;
  }

  /** Passes everything up to and with this text. */
  private boolean passTo(String text) throws IOException {
    while (at < Frame.LONGEST_RECORD && in.peek(at) != ByteWindow.END) {
      if (in.startsWith(text, at)) {
        at += text.length();
        return true;
      }
      at++;
    }
    return false;
  }
}
