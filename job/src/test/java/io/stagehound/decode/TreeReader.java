package io.stagehound.decode;

import io.stagehound.event.SysmonEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A twin of {@link RecordReader}: cuts bytes that are all there into pieces, and has each decoded
 * by {@link TreeRecords}. It is slow and plain on purpose, and for short inputs: of the limits on
 * lengths and on damage it has none. Of production it shares how XML is read, and what a file is
 * told by.
 */
final class TreeReader {

  static final String ORIGIN = "test";

  private static final int LONGEST_NAME = 64;

  private final TreeRecords records = new TreeRecords();

  /** Decodes a message, as {@link TelemetryDecoder#decodeMessage} does. */
  void decodeMessage(long position, byte[] message, DecodedSink sink) {
    Collected counted = new Collected();
    decodeStream(message, new Inside(counted, position, sink));
    if (counted.records() == 0) {
      sink.deadLetter(new DeadLetter(ORIGIN, position, message.length, "an empty message", ""));
    }
  }

  /** Passes on what is inside a message, which all has the message's position. */
  private record Inside(Collected counted, long position, DecodedSink sink) implements DecodedSink {
    @Override
    public void event(SysmonEvent event) {
      counted.event(event);
      sink.event(event);
    }

    @Override
    public void notRelevant() {
      counted.notRelevant();
      sink.notRelevant();
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      counted.deadLetter(letter);
      sink.deadLetter(
          new DeadLetter(ORIGIN, position, letter.length(), letter.reason(), letter.excerpt()));
    }
  }

  /** Decodes a stream, as {@link RecordReader} does. */
  void decodeStream(byte[] bytes, DecodedSink sink) {
    try {
      TextInput input = TextInput.open(bytes);
      if (input.notText() != null) {
        sink.deadLetter(new DeadLetter(ORIGIN, 0, 0, input.notText(), ""));
        return;
      }
      new Reading(text(bytes, input.text()), sink).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of a text, which mostly is the input as it is. */
  private static byte[] text(byte[] input, ByteWindow window) throws IOException {
    if (window.bytes() == input) {
      return input;
    }
    int length = 0;
    while (window.peek(length) != ByteWindow.END) {
      length++;
    }
    return Arrays.copyOf(window.bytes(), length);
  }

  /** An open bracket. */
  private record Bracket(boolean list, @Nullable FieldNode node, int at) {}

  /** How far a look at an object went, and why no further. */
  private record Look(int end, Ended ended, String damage) {
    static Look damaged(int end, String damage) {
      return new Look(end, Ended.DAMAGED, damage);
    }

    static Look damagedLine(int end, String damage) {
      return new Look(end, Ended.DAMAGED_LINE, damage);
    }

    boolean isDamaged() {
      return ended == Ended.DAMAGED || ended == Ended.DAMAGED_LINE;
    }
  }

  private enum Ended {
    /** With the object. */
    WHOLE,
    /** Behind the bracket that opens a list of records. */
    AT_RECORDS,
    DAMAGED,
    /** Damaged so that the rest of the line belongs to it. */
    DAMAGED_LINE
  }

  /** Looks at objects, and remembers the last damage, for all that begins inside of it. */
  private static final class Looker {
    private final byte[] text;
    private Deque<Bracket> open = new ArrayDeque<>();
    private final Set<Integer> damagedFrom = new HashSet<>();
    private @Nullable Look damage;

    Looker(byte[] text) {
      this.text = text;
    }

    /** Looks at an object from its beginning. */
    Look look(int from, @Nullable FieldNode table) {
      if (damage != null && damagedFrom.contains(from)) {
        return damage;
      }
      open = new ArrayDeque<>();
      return lookOn(from, table);
    }

    /** Looks on, with the brackets that are open. */
    Look lookOn(int from, @Nullable FieldNode table) {
      Look look = scan(from, table);
      if (look.isDamaged()) {
        damage = look;
        damagedFrom.clear();
        open.forEach(bracket -> damagedFrom.add(bracket.at()));
      }
      return look;
    }

    private Look scan(int from, @Nullable FieldNode table) {
      // Of what is not white space, the last character outside of strings, and the last string.
      char last = ' ';
      String lastString = "";
      int at = from;
      while (at < text.length) {
        char next = (char) (text[at] & 0xFF);
        if (next == '"') {
          int end = endOfString(at + 1);
          if (end >= text.length) {
            return Look.damaged(end, "the input ends inside the record");
          }
          if (text[end] == '\n') {
            return Look.damaged(end, "the record is cut: its line ends inside a text");
          }
          lastString =
              end - at - 1 > LONGEST_NAME
                  ? ""
                  : new String(text, at + 1, end - at - 1, StandardCharsets.UTF_8);
          last = '"';
          at = end;
        } else if (next == '{' || next == '[') {
          boolean inList = !open.isEmpty() && open.getLast().list();
          boolean valueMayBegin = last == ':' || last == '[' || (last == ',' && inList);
          if (at > from && next == '{' && text[at - 1] == '\n' && !valueMayBegin) {
            return Look.damaged(at, "the record is cut: the next one begins inside it");
          }
          if (open.size() == JsonRecords.DEEPEST) {
            return Look.damagedLine(at, "nested deeper than 200");
          }
          FieldNode node = open.isEmpty() ? table : open.getLast().node();
          if (last == ':') {
            node = node == null ? null : node.child(lastString);
          }
          open.addLast(new Bracket(next == '[', node, at));
          if (next == '['
              && node != null
              && node.holds() == FieldNode.Holds.RECORDS
              && isObjectNext(at + 1)) {
            return new Look(at + 1, Ended.AT_RECORDS, "");
          }
          last = next;
        } else if (next == '}' || next == ']') {
          if (open.isEmpty() || open.getLast().list() != (next == ']')) {
            return Look.damagedLine(at, "its brackets do not match");
          }
          open.removeLast();
          if (open.isEmpty()) {
            return new Look(at + 1, Ended.WHOLE, "");
          }
          last = next;
        } else if (next > ' ') {
          last = next;
        }
        at++;
      }
      return Look.damaged(at, "the input ends inside the record");
    }

    /** Where a string ends: at its quote, at the end of the line, or with the text. */
    private int endOfString(int from) {
      int at = from;
      while (at < text.length && text[at] != '"' && text[at] != '\n') {
        boolean escape = text[at] == '\\' && (at + 1 == text.length || text[at + 1] != '\n');
        at += escape ? 2 : 1;
      }
      return Math.min(at, text.length);
    }

    private boolean isObjectNext(int from) {
      int at = from;
      while (at < text.length && " \n\r\t".indexOf(text[at]) >= 0) {
        at++;
      }
      return at < text.length && text[at] == '{';
    }
  }

  /** The reading of one stream. */
  private final class Reading {
    private final byte[] text;
    private final DecodedSink sink;
    private final Looker objects;
    private final Looker elements;
    private int at;

    /** Whether a list was opened and not closed, so that its brackets may follow. */
    private boolean anyCutList;

    Reading(byte[] text, DecodedSink sink) {
      this.text = text;
      this.sink = sink;
      this.objects = new Looker(text);
      this.elements = new Looker(text);
    }

    void read() throws IOException {
      while (passSeparators(anyCutList ? "[]}" : "[]")) {
        if (text[at] == '{') {
          readObject();
        } else if (text[at] == '<') {
          readXml();
        } else {
          passUnusable(endOfLine(at), "neither JSON nor XML");
        }
      }
    }

    /** Passes what may stand between records; false when that is all. */
    private boolean passSeparators(String brackets) {
      while (at < text.length) {
        if (isMark(at)) {
          at += 3;
        } else if ((" \t\n\u000b\f\r,\0\u001e\u001a" + brackets).indexOf(text[at]) >= 0) {
          at++;
        } else {
          return true;
        }
      }
      return false;
    }

    private boolean isMark(int from) {
      return from + 2 < text.length
          && text[from] == (byte) 0xEF
          && text[from + 1] == (byte) 0xBB
          && text[from + 2] == (byte) 0xBF;
    }

    private void readObject() throws IOException {
      Look look = objects.look(at, records.root());
      if (look.ended() != Ended.AT_RECORDS) {
        readPiece(look);
        return;
      }
      int from = at;
      ByteArrayOutputStream envelope = new ByteArrayOutputStream();
      while (look.ended() == Ended.AT_RECORDS) {
        envelope.write(text, at, look.end() - at);
        at = look.end();
        String cut = readElements();
        if (cut != null) {
          anyCutList = true;
          if (!cut.isEmpty()) {
            sink.deadLetter(envelopeLetter(from, envelope.toByteArray(), cut));
          }
          return;
        }
        look = objects.lookOn(at, records.root());
      }
      if (look.isDamaged()) {
        anyCutList = true;
        passDamaged(look);
        return;
      }
      envelope.write(text, at, look.end() - at);
      at = look.end();
      byte[] rest = envelope.toByteArray();
      String malformed = records.decodeEnvelope(from, rest, sink);
      if (malformed != null) {
        sink.deadLetter(envelopeLetter(from, rest, malformed));
      }
    }

    /** A dead letter for an object of which the records were read. */
    private DeadLetter envelopeLetter(int from, byte[] envelope, String reason) {
      return DeadLetter.of(ORIGIN, from, at - from, reason, envelope, 0, envelope.length);
    }

    /**
     * Reads the elements of a list of records up to its end.
     *
     * @return why the list is cut, empty when an element said so; null when it is not cut
     */
    private @Nullable String readElements() {
      boolean comma = true;
      while (true) {
        int before = at;
        if (!passSeparators("")) {
          // The end of the input is no cut list to what follows: nothing does.
          return "the input ends inside the record";
        }
        comma |= hasComma(before, at);
        char next = (char) (text[at] & 0xFF);
        if (next == ']') {
          return null;
        }
        if (next == '<' || (next == '{' && !comma)) {
          return "the record is cut: the next one begins inside it";
        }
        comma = false;
        if (next == '{' || next == '[') {
          Look look = elements.look(at, null);
          if (look.isDamaged() || next == '{') {
            if (!readPiece(look)) {
              return "";
            }
          } else {
            passUnusable(look.end(), "no record, though in a list of records");
          }
        } else {
          int end = endOfScalar(at);
          if (end == at) {
            passDamaged(Look.damagedLine(end, "its brackets do not match"));
            return "";
          }
          passUnusable(end, "no record, though in a list of records");
        }
      }
    }

    private boolean hasComma(int from, int to) {
      for (int i = from; i < to; i++) {
        if (text[i] == ',') {
          return true;
        }
      }
      return false;
    }

    private int endOfScalar(int from) {
      boolean string = false;
      int end = from;
      while (end < text.length && text[end] != '\n') {
        if (text[end] == '"') {
          string = !string;
        } else if (string && text[end] == '\\') {
          end++;
        } else if (!string && ",]}".indexOf(text[end]) >= 0) {
          return end;
        }
        end++;
      }
      return Math.min(end, text.length);
    }

    private void readXml() throws IOException {
      ByteWindow window = new ByteWindow(text);
      window.pass(at);
      Frame frame = XmlFramer.frame(window);
      if (frame.damage() == null && frame.aroundRecords()) {
        at += frame.length();
        return;
      }
      Ended ended =
          frame.damage() == null
              ? Ended.WHOLE
              : frame.restOfLine() ? Ended.DAMAGED_LINE : Ended.DAMAGED;
      String damage = Objects.requireNonNullElse(frame.damage(), "");
      readPiece(new Look(at + frame.length(), ended, damage));
    }

    /** Decodes a piece, or passes it as far as it is damaged; false when it is. */
    private boolean readPiece(Look look) {
      if (look.isDamaged()) {
        passDamaged(look);
        return false;
      }
      byte[] piece = Arrays.copyOfRange(text, at, look.end());
      String malformed = records.decodePiece(at, piece, sink);
      if (malformed != null) {
        passDamaged(Look.damaged(look.end(), malformed));
        return false;
      }
      at = look.end();
      return true;
    }

    /** Passes what is damaged, up to the first line in it that begins like a record. */
    private void passDamaged(Look look) {
      boolean inXml = text[at] == '<';
      for (int i = at + 1; i < look.end() && i < text.length; i++) {
        if (text[i - 1] == '\n' && beginsLikeRecord(i, inXml)) {
          passUnusable(i, look.damage());
          return;
        }
      }
      boolean line = look.ended() == Ended.DAMAGED_LINE;
      passUnusable(line ? endOfLine(look.end()) : look.end(), look.damage());
    }

    private boolean beginsLikeRecord(int from, boolean inXml) {
      if (text[from] == '{' || !inXml) {
        return text[from] == '{' || text[from] == '<';
      }
      ByteWindow window = new ByteWindow(text);
      window.pass(from);
      try {
        return XmlFramer.isEvent(window, 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private int endOfLine(int from) {
      int end = from;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      return end;
    }

    private void passUnusable(int to, String reason) {
      sink.deadLetter(DeadLetter.of(ORIGIN, at, (long) to - at, reason, text, at, to));
      at = to;
    }
  }
}
