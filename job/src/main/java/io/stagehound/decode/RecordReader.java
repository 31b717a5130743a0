package io.stagehound.decode;

import io.stagehound.event.SysmonEvent;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into records and has them decoded: JSON objects, one a line or over many
 * lines or in lists, and XML events, by themselves or in a document; plain or gzip, mixed as they
 * come. A document that holds a list of records may have any length: it is opened, and its records
 * are read one by one. Memory is bounded by the longest record, 16 MiB.
 *
 * <p>Damage costs only itself. A piece that is no record becomes a dead letter up to the first line
 * inside it that begins like one, and reading goes on there. No byte is looked at more than a few
 * times for that, but where text is made to be looked at again and again; there a limit holds, of
 * {@value #LOOKS_PER_BYTE} times what was read and {@value #FREE_LOOKS} bytes more, beyond which a
 * damaged piece costs the lines that follow it too. So time stays proportional to the input.
 */
public final class RecordReader implements Closeable {

  /**
   * Unusable records and pieces without a usable record between them that get a dead letter each.
   */
  private static final int MOST_IN_A_ROW = 10_000;

  private static final int LOOKS_PER_BYTE = 16;
  private static final long FREE_LOOKS = 64L << 20;

  private final String origin;
  private final long begin;
  private final long end;
  private final ByteWindow in;
  private final @Nullable String notText;
  private final JsonFramer json = new JsonFramer();
  private final JsonFramer elements = new JsonFramer();
  private @Nullable OpenObject open;
  private boolean anyCutList;
  private long looks;
  private long unusableInARow;
  private long foldedFrom;
  private boolean ended;

  /** An object whose list of records is being read. */
  private static final class OpenObject {
    private final long position;

    /** What the object holds beside its lists. */
    private final ByteArrayOutputStream envelope = new ByteArrayOutputStream();

    private boolean comma = true;

    OpenObject(long position) {
      this.position = position;
    }

    void keep(ByteWindow in, int length) {
      envelope.write(in.bytes(), in.from(), length);
    }
  }

  /**
   * A reader of this stream, which it closes.
   *
   * @param origin as {@link DeadLetter#origin()}
   */
  public RecordReader(String origin, InputStream stream) throws IOException {
    this(origin, TextInput.open(stream));
  }

  RecordReader(String origin, TextInput input) {
    this(origin, input.text(), Long.MAX_VALUE, input.notText());
  }

  private RecordReader(String origin, ByteWindow in, long end, @Nullable String notText) {
    this.origin = origin;
    this.begin = in.position();
    this.end = end;
    this.in = in;
    this.notText = notText;
  }

  /**
   * A reader of the records that begin in a piece of a file of {@link JsonLines}.
   *
   * @param origin as {@link DeadLetter#origin()}
   * @param stream the file from the beginning of the piece on, which is closed with the reader
   * @param from where the piece begins, in bytes
   * @param to where the next one does
   */
  public static RecordReader ofPiece(String origin, InputStream stream, long from, long to) {
    return new RecordReader(origin, new ByteWindow(stream, null, from), to, null);
  }

  /** How many bytes of the (unpacked) text were read and are done with. */
  public long position() {
    return in.position();
  }

  /**
   * Reads the next record, or the next piece that is none, and hands to the sink what it holds.
   *
   * @return false when there is no more
   * @throws IOException if the medium fails; never for what the bytes are
   */
  public boolean readRecord(TelemetryDecoder decoder, DecodedSink sink) throws IOException {
    if (ended) {
      return false;
    }
    Folding folding = new Folding(sink);
    if (notText != null) {
      ended = true;
      sink.deadLetter(new DeadLetter(origin, 0, 0, notText, ""));
    } else if (in.position() < end && !passSeparators()) {
      endPart("the input ends inside the record", folding);
      ended = !in.passDamage();
    } else if (in.position() >= end) {
      endPart("the record is cut: the next one begins inside it", folding);
      ended = true;
    } else if (open != null) {
      readInList(open, decoder, folding);
    } else if (in.peek(0) != '{' || !isScanned(json, decoder, folding)) {
      read(frame(decoder), decoder, folding);
    }
    return true;
  }

  /** Reads the object that begins here where it lies; false when it is not for that. */
  private boolean isScanned(JsonFramer framer, TelemetryDecoder decoder, Folding sink)
      throws IOException {
    if (framer.knowsDamage(in)) {
      return false;
    }
    int end;
    do {
      end = decoder.decodeScanned(origin, in.position(), in.bytes(), in.from(), in.limit(), sink);
    } while (end == JsonScanner.CUT && in.limit() - in.from() < Frame.LONGEST_RECORD && in.more());
    if (end < 0) {
      return false;
    }
    int length = end - in.from();
    looks += length;
    in.pass(length);
    return true;
  }

  /** Passes what may stand between records; false at the end of the stream. */
  private boolean passSeparators() throws IOException {
    for (int next = in.peek(0); next != ByteWindow.END; next = in.peek(0)) {
      if (open != null && next == ',') {
        open.comma = true;
      }
      int length = separatorLength(next);
      if (length == 0) {
        return true;
      }
      in.pass(length);
    }
    return false;
  }

  /**
   * White space, the controls that end records or files of records, the byte order mark of a file
   * behind another, and the marks of lists and what is left of cut ones.
   */
  private int separatorLength(int next) throws IOException {
    if (next == '[' || next == ']') {
      return open == null ? 1 : 0;
    }
    if (next == '}') {
      return open == null && anyCutList ? 1 : 0;
    }
    if (next == 0xEF) {
      return in.peek(1) == 0xBB && in.peek(2) == 0xBF ? 3 : 0;
    }
    boolean separator =
        next == ' '
            || (next >= '\t' && next <= '\r')
            || next == ','
            || next == 0
            || next == 0x1E
            || next == 0x1A;
    return separator ? 1 : 0;
  }

  private Frame frame(TelemetryDecoder decoder) throws IOException {
    return switch (in.peek(0)) {
      case '{' -> json.frame(in, decoder.table());
      case '<' -> XmlFramer.frame(in);
      default -> Frame.damagedLine(0, "neither JSON nor XML");
    };
  }

  private void read(Frame frame, TelemetryDecoder decoder, Folding sink) throws IOException {
    looks += frame.looked();
    String damage = frame.damage();
    if (damage == null && frame.aroundRecords()) {
      if (in.peek(0) == '{') {
        open = new OpenObject(in.position());
        open.keep(in, frame.length());
      }
      in.pass(frame.length());
      return;
    }
    if (damage == null) {
      int from = in.from();
      damage =
          decoder.decodeWellFormed(
              origin, in.position(), in.bytes(), from, from + frame.length(), sink);
      if (damage == null) {
        in.pass(frame.length());
        return;
      }
      looks += frame.length();
    }
    anyCutList |= open != null;
    open = null;
    passDamaged(frame, damage, sink);
  }

  /** Reads an element of the list that is open, or what follows the list. */
  private void readInList(OpenObject object, TelemetryDecoder decoder, Folding sink)
      throws IOException {
    int next = in.peek(0);
    if (next == ']') {
      readRest(object, decoder, sink);
    } else if (next == '<' || (next == '{' && !object.comma)) {
      anyCutList = true;
      open = null;
      sink.deadLetter(cut(object, "the record is cut: the next one begins inside it"));
    } else {
      object.comma = false;
      if (next == '{' && isScanned(elements, decoder, sink)) {
        return;
      }
      Frame element = next == '{' || next == '[' ? elements.frame(in, null) : JsonFramer.scalar(in);
      if (next == '{' || element.damage() != null) {
        read(element, decoder, sink);
      } else {
        looks += element.looked();
        passUnusable(element.length(), false, "no record, though in a list of records", sink);
      }
    }
  }

  private void readRest(OpenObject object, TelemetryDecoder decoder, Folding sink)
      throws IOException {
    Frame rest = json.rest(in);
    if (rest.damage() == null && object.envelope.size() + rest.length() > Frame.LONGEST_RECORD) {
      rest = Frame.tooLong(rest.length());
    }
    if (rest.damage() != null) {
      read(rest, decoder, sink);
      return;
    }
    looks += rest.looked();
    object.keep(in, rest.length());
    in.pass(rest.length());
    object.comma = true;
    if (!rest.aroundRecords()) {
      open = null;
      byte[] envelope = object.envelope.toByteArray();
      String malformed = decoder.decodeEnvelope(origin, object.position, envelope, sink);
      if (malformed != null) {
        sink.deadLetter(cut(object, malformed));
      }
    }
  }

  /** What is wrong with an object whose records, as far as they go, were read. */
  private DeadLetter cut(OpenObject object, String reason) {
    byte[] envelope = object.envelope.toByteArray();
    long length = in.position() - object.position;
    return DeadLetter.of(origin, object.position, length, reason, envelope, 0, envelope.length);
  }

  /** Ends what can be read as one: up to the end of the stream, of a piece, or up to damage. */
  private void endPart(String cut, Folding sink) {
    if (open != null) {
      sink.deadLetter(cut(open, cut));
      open = null;
    }
    sink.endRow();
    if (in.damage() != null) {
      sink.deadLetter(new DeadLetter(origin, in.position(), 0, in.damage(), ""));
    }
  }

  private void passDamaged(Frame frame, String reason, Folding sink) throws IOException {
    int again = lineLikeRecord(frame.length());
    int length = again > 0 ? again : frame.length();
    boolean restOfLine = again == 0 && frame.restOfLine();
    passUnusable(restOfLine ? endOfLine(length) : length, restOfLine, reason, sink);
  }

  private void passUnusable(int length, boolean restOfLine, String reason, Folding sink)
      throws IOException {
    int from = in.from();
    DeadLetter head =
        DeadLetter.of(origin, in.position(), length, reason, in.bytes(), from, from + length);
    in.pass(length);
    long more = restOfLine ? passRestOfLine() : 0;
    sink.deadLetter(new DeadLetter(origin, head.position(), length + more, reason, head.excerpt()));
  }

  /** Where inside a damaged piece a line begins as a record does; 0 when none does. */
  private int lineLikeRecord(int length) throws IOException {
    boolean xml = in.peek(0) == '<';
    long owed = (looks - FREE_LOOKS) / LOOKS_PER_BYTE - (in.position() - begin);
    for (int at = (int) Math.max(1, Math.min(owed, length)); at < length; at++) {
      if (in.peek(at - 1) == '\n' && beginsLikeRecord(at, xml)) {
        return at;
      }
    }
    return 0;
  }

  /** Inside XML a tag begins a record only if it is an event's: the others were looked at. */
  private boolean beginsLikeRecord(int at, boolean inXml) throws IOException {
    return in.peek(at) == '{' || (inXml ? XmlFramer.isEvent(in, at) : in.peek(at) == '<');
  }

  /** The end of the line, or as far as a record may reach. */
  private int endOfLine(int from) throws IOException {
    int at = from;
    while (at < Frame.LONGEST_RECORD && in.peek(at) != '\n' && in.peek(at) != ByteWindow.END) {
      at++;
    }
    return at;
  }

  /** Passes a line of any length, without keeping it. */
  private long passRestOfLine() throws IOException {
    long passed = 0;
    for (int next = in.peek(0); next != '\n' && next != ByteWindow.END; next = in.peek(0)) {
      in.pass(1);
      passed++;
    }
    return passed;
  }

  /**
   * Noise of a gigabyte must not make dead letters of a gigabyte: a long row is folded into one.
   */
  private final class Folding implements DecodedSink {
    private final DecodedSink sink;

    Folding(DecodedSink sink) {
      this.sink = sink;
    }

    @Override
    public void event(SysmonEvent event) {
      endRow();
      sink.event(event);
    }

    @Override
    public void notRelevant() {
      endRow();
      sink.notRelevant();
    }

    @Override
    public void deadLetter(DeadLetter deadLetter) {
      unusableInARow++;
      if (unusableInARow <= MOST_IN_A_ROW) {
        sink.deadLetter(deadLetter);
      } else if (unusableInARow == MOST_IN_A_ROW + 1) {
        foldedFrom = deadLetter.position();
      }
    }

    void endRow() {
      long folded = unusableInARow - MOST_IN_A_ROW;
      unusableInARow = 0;
      if (folded > 0) {
        long length = in.position() - foldedFrom;
        String reason = folded + " more pieces in a row that could not be used";
        sink.deadLetter(new DeadLetter(origin, foldedFrom, length, reason, ""));
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
