package io.stagehound.decode;

import java.io.IOException;

/**
 * Finds the end of an XML element in a stream by its tags. Only an {@code Event} is taken whole. An
 * element that holds events is opened and not taken whole: it may hold any number of them.
 *
 * <p>Comments and CDATA aside, no look goes past a place where reading could go on: a tag {@code
 * Event} and, where no event is open, a line that begins as JSON does.
 */
final class XmlFramer {

  private static final int LONGEST_NAME = 64;

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

  /** Whether a tag that opens an event, or a list of them, begins this many places on. */
  static boolean isEvent(ByteWindow in, int offset) throws IOException {
    if (in.peek(offset) != '<') {
      return false;
    }
    String name = localName(in, offset + 1);
    return name.equals("Event") || name.equals("Events");
  }

  private Frame frame() throws IOException {
    if (in.startsWith("<!--", 0)) {
      return passTo("-->") ? Frame.aroundRecords(at) : unfinished();
    }
    if (in.startsWith("<?", 0)) {
      return passTo("?>") ? Frame.aroundRecords(at) : unfinished();
    }
    if (in.startsWith("<!DOCTYPE", 0)) {
      return documentType();
    }
    String root = localName(in, 1);
    if (in.peek(1) == '/' || root.equals("Events")) {
      return passTag() ? Frame.aroundRecords(at) : unfinished();
    }
    return root.isEmpty()
        ? Frame.damagedLine(0, "neither JSON nor XML")
        : element(root.equals("Event"));
  }

  private Frame element(boolean event) throws IOException {
    int depth = 0;
    boolean anyContent = false;
    do {
      int text = at;
      if (!passText(event)) {
        return unfinished();
      }
      anyContent |= !isBlank(text);
      if (in.peek(at) == '{') {
        return noEvent();
      }
      String name = localName(in, at + 1);
      if (event && depth > 0 && name.equals("Event")) {
        return Frame.damaged(at, "the record is cut: the next one begins inside it");
      }
      if (!event && depth > 0 && (name.equals("Event") || name.equals("Events"))) {
        return anyContent ? noEvent() : Frame.aroundRecords(at);
      }
      if (in.startsWith("<!--", at)) {
        if (!passTo("-->")) {
          return unfinished();
        }
      } else if (in.startsWith("<![CDATA[", at)) {
        anyContent = true;
        if (!passTo("]]>")) {
          return unfinished();
        }
      } else if (in.startsWith("<?", at)) {
        if (!passTo("?>")) {
          return unfinished();
        }
      } else {
        boolean closing = in.peek(at + 1) == '/';
        if (!closing && depth == JsonRecords.DEEPEST) {
          return Frame.tooDeep(at);
        }
        if (!passTag()) {
          return unfinished();
        }
        boolean empty = in.peek(at - 2) == '/';
        anyContent |= closing || empty;
        depth += closing ? -1 : empty ? 0 : 1;
      }
    } while (depth > 0);
    return Frame.record(at);
  }

  private Frame noEvent() {
    return Frame.damaged(at, "XML that is no Windows event");
  }

  private Frame documentType() throws IOException {
    int quote = 0;
    int depth = 0;
    do {
      int next = in.peek(at);
      boolean recordBegins = at > 0 && in.peek(at - 1) == '\n' && (next == '{' || isEvent(in, at));
      if (recordBegins || next == ByteWindow.END) {
        break;
      }
      if (quote == 0 && in.startsWith("<!--", at)) {
        if (!passTo("-->")) {
          break;
        }
        continue;
      }
      at++;
      if (quote != 0) {
        quote = next == quote ? 0 : quote;
      } else if (next == '"' || next == '\'') {
        quote = next;
      } else if (next == '<') {
        depth++;
      } else if (next == '>') {
        depth--;
      }
    } while (depth > 0 && at < Frame.LONGEST_RECORD);
    return Frame.damaged(at, "a document type, which is never expanded");
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
  private static String localName(ByteWindow in, int from) throws IOException {
    StringBuilder name = new StringBuilder();
    for (int i = from; i < from + LONGEST_NAME; i++) {
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

  private boolean isBlank(int from) throws IOException {
    for (int i = from; i < at; i++) {
      if (in.peek(i) > ' ') {
        return false;
      }
    }
    return true;
  }

  /** Passes to the next tag; outside of an event also to a line that begins as JSON does. */
  private boolean passText(boolean event) throws IOException {
    int previous = 0;
    while (at < Frame.LONGEST_RECORD) {
      int next = in.peek(at);
      if (next == '<' || (next == '{' && previous == '\n' && !event)) {
        return true;
      }
      if (next == ByteWindow.END) {
        return false;
      }
      previous = next;
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
