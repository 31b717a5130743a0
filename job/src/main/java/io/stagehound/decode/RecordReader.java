package io.stagehound.decode;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into records and has them decoded: JSON objects, one a line or over many
 * lines or in lists, and XML events, by themselves or in {@code Events}; plain or gzip, mixed as
 * they come. Memory is bounded by the longest record, 16 MiB.
 *
 * <p>Damage costs only itself. A piece that is no record becomes a dead letter up to the first line
 * inside it that begins like one, and reading goes on there. A line is read again at most once for
 * each level of nesting that the reader allows, so time stays proportional to the input.
 */
public final class RecordReader implements Closeable {

  /** Pieces without a record between them that get a dead letter each. */
  private static final int MOST_IN_A_ROW = 10_000;

  private final String origin;
  private final ByteWindow in;
  private final @Nullable String notText;
  private long unusableInARow;
  private long foldedFrom;
  private long folded;
  private boolean ended;

  /**
   * A reader of this stream, which it closes.
   *
   * @param origin as {@link DeadLetter#origin()}
   */
  public RecordReader(String origin, InputStream stream) throws IOException {
    this(origin, TextInput.open(stream));
  }

  RecordReader(String origin, TextInput input) {
    this.origin = origin;
    this.in = input.text();
    this.notText = input.notText();
  }

  /**
   * Reads up to and with the next record, and hands to the sink what it holds and what could not be
   * used before it.
   *
   * @return false when there is no more
   * @throws IOException if the medium fails; never for what the bytes are
   */
  public boolean readRecord(TelemetryDecoder decoder, DecodedSink sink) throws IOException {
    if (ended) {
      return false;
    }
    if (notText != null) {
      ended = true;
      sink.deadLetter(new DeadLetter(origin, 0, 0, notText, ""));
      return true;
    }
    while (passSeparators()) {
      Frame frame = frame();
      String damage = frame.damage() != null ? frame.damage() : decode(frame, decoder, sink);
      if (damage == null) {
        endFold(sink);
        in.pass(frame.length());
        return true;
      }
      passDamaged(frame.length(), damage, frame.restOfLine(), sink);
    }
    endFold(sink);
    if (in.damage() != null) {
      sink.deadLetter(new DeadLetter(origin, in.position(), 0, in.damage(), ""));
    }
    ended = !in.passDamage();
    return true;
  }

  /** Passes what may stand between records; false at the end of the stream. */
  private boolean passSeparators() throws IOException {
    int next = in.peek(0);
    while (next != ByteWindow.END) {
      int length = separatorLength(next);
      if (length == 0) {
        return true;
      }
      in.pass(length);
      next = in.peek(0);
    }
    return false;
  }

  /** White space, the marks of lists, and the controls that end records or files of records. */
  private static boolean isSeparator(int next) {
    return next == ' '
        || (next >= '\t' && next <= '\r')
        || next == ','
        || next == '['
        || next == ']'
        || next == 0
        || next == 0x1E
        || next == 0x1A;
  }

  private int separatorLength(int next) throws IOException {
    if (isSeparator(next)) {
      return 1;
    }
    if (next == '<') {
      return XmlFramer.betweenRecords(in);
    }
    // The byte order mark of a file behind another.
    return next == 0xEF && in.peek(1) == 0xBB && in.peek(2) == 0xBF ? 3 : 0;
  }

  private Frame frame() throws IOException {
    return switch (in.peek(0)) {
      case '{' -> JsonFramer.frame(in);
      case '<' -> XmlFramer.frame(in);
      default -> Frame.damagedLine(0, "neither JSON nor XML");
    };
  }

  private @Nullable String decode(Frame frame, TelemetryDecoder decoder, DecodedSink sink) {
    int from = in.from();
    return decoder.decodeWellFormed(
        origin, in.position(), in.bytes(), from, from + frame.length(), sink);
  }

  private void passDamaged(int length, String reason, boolean restOfLine, DecodedSink sink)
      throws IOException {
    int end = length;
    long more = 0;
    int again = lineLikeRecord(length);
    if (again > 0) {
      end = again;
    } else if (restOfLine) {
      end = endOfLine(length);
    }
    DeadLetter head =
        DeadLetter.of(origin, in.position(), end, reason, in.bytes(), in.from(), in.from() + end);
    in.pass(end);
    if (again <= 0 && restOfLine) {
      more = passRestOfLine();
    }
    unusable(head, more, sink);
  }

  /** Where inside a damaged piece a line begins as a record does; 0 when none does. */
  private int lineLikeRecord(int length) throws IOException {
    for (int at = 1; at < length; at++) {
      if (in.peek(at - 1) == '\n' && (in.peek(at) == '{' || in.peek(at) == '<')) {
        return at;
      }
    }
    return 0;
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
   * Noise of a gigabyte must not make dead letters of a gigabyte: a long run is folded into one.
   */
  private void unusable(DeadLetter deadLetter, long more, DecodedSink sink) {
    unusableInARow++;
    if (unusableInARow <= MOST_IN_A_ROW) {
      sink.deadLetter(
          new DeadLetter(
              origin,
              deadLetter.position(),
              deadLetter.length() + more,
              deadLetter.reason(),
              deadLetter.excerpt()));
      return;
    }
    if (folded == 0) {
      foldedFrom = deadLetter.position();
    }
    folded++;
  }

  private void endFold(DecodedSink sink) {
    if (folded > 0) {
      sink.deadLetter(
          new DeadLetter(
              origin,
              foldedFrom,
              in.position() - foldedFrom,
              folded + " more pieces in a row that are no records",
              ""));
    }
    folded = 0;
    unusableInARow = 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
