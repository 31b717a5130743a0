package io.stagehound.decode;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.stagehound.decode.EventAssembler.UnusableRecordException;
import io.stagehound.event.SysmonEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Decodes whole records, of any shape that the {@link FieldTable} knows, told apart record by
 * record. Not thread-safe; one instance serves any number of records.
 */
public final class TelemetryDecoder {

  /** A record in a record in a record: shippers that relay each other. */
  private static final int DEEPEST_WRAP = 3;

  private final FieldNode root = FieldTable.root();
  private final JsonRecords json = new JsonRecords(root);
  private final XmlRecords xml = new XmlRecords(root);

  /**
   * Decodes the record in {@code bytes[from, to)}: one JSON value or one XML element, or a list of
   * events wrapped in one. Never throws for what the bytes hold; bytes that are not UTF-8 are read
   * as U+FFFD.
   *
   * @param origin as {@link DeadLetter#origin()}
   * @param position as {@link DeadLetter#position()}
   */
  public void decode(
      String origin, long position, byte[] bytes, int from, int to, DecodedSink sink) {
    String malformed = decodeWellFormed(origin, position, bytes, from, to, sink);
    if (malformed != null) {
      sink.deadLetter(DeadLetter.of(origin, position, to - from, malformed, bytes, from, to));
    }
  }

  /**
   * Decodes what one message holds, which is a record, or several in any form that a file may have
   * them in; gzip too. Never throws for what the bytes hold.
   *
   * @param origin as {@link DeadLetter#origin()}
   * @param position as {@link DeadLetter#position()}; that of every dead letter of the message
   */
  public void decodeMessage(String origin, long position, byte[] message, DecodedSink sink) {
    if (decodeWellFormed(origin, position, message, 0, message.length, sink) == null) {
      return;
    }
    MessageSink inMessage = new MessageSink(origin, position, sink);
    try (RecordReader records = new RecordReader(origin, new ByteArrayInputStream(message))) {
      boolean more = true;
      while (more) {
        more = records.readRecord(this, inMessage);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
    }
    if (!inMessage.any) {
      inMessage.deadLetter(new DeadLetter(origin, 0, message.length, "an empty message", ""));
    }
  }

  /** Gives what a message holds the message's place. */
  private static final class MessageSink implements DecodedSink {
    private final String origin;
    private final long position;
    private final DecodedSink sink;
    private boolean any;

    MessageSink(String origin, long position, DecodedSink sink) {
      this.origin = origin;
      this.position = position;
      this.sink = sink;
    }

    @Override
    public void event(SysmonEvent event) {
      any = true;
      sink.event(event);
    }

    @Override
    public void notRelevant() {
      any = true;
      sink.notRelevant();
    }

    @Override
    public void deadLetter(DeadLetter inside) {
      any = true;
      sink.deadLetter(
          new DeadLetter(origin, position, inside.length(), inside.reason(), inside.excerpt()));
    }
  }

  /**
   * As {@link #decode}, but what is neither JSON nor XML is left to the caller, who may know better
   * where the record ends.
   *
   * @return why it is neither; null when it is, and the sink was given all that it holds
   */
  @Nullable String decodeWellFormed(
      String origin, long position, byte[] bytes, int from, int to, DecodedSink sink) {
    Source source = new Source(origin, position, bytes, from, to, sink);
    if (isUtf8(bytes, from, to)) {
      return source.read(bytes, from, to);
    }
    byte[] repaired =
        new String(bytes, from, to - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    return source.read(repaired, 0, repaired.length);
  }

  private static boolean isUtf8(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    if (i == to) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, i, to - i));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** One record to decode, which dead letters quote. */
  private final class Source {
    private final String origin;
    private final long position;
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final DecodedSink sink;
    private boolean anyTaken;

    Source(String origin, long position, byte[] bytes, int from, int to, DecodedSink sink) {
      this.origin = origin;
      this.position = position;
      this.bytes = bytes;
      this.from = from;
      this.to = to;
      this.sink = sink;
    }

    @Nullable String read(byte[] utf8, int start, int end) {
      String malformed = malformed(utf8, start, end);
      if (malformed != null && anyTaken) {
        deadLetter(malformed);
        return null;
      }
      return malformed;
    }

    private @Nullable String malformed(byte[] utf8, int start, int end) {
      int first = start;
      while (first < end && isWhiteSpace(utf8[first])) {
        first++;
      }
      try {
        if (first < end && utf8[first] == '<') {
          readXml(XmlRecords.reader(utf8, first, end), 0);
        } else if (first < end && (utf8[first] == '{' || utf8[first] == '[')) {
          try (JsonParser parser = JsonRecords.parser(utf8, first, end)) {
            readJson(parser, 0);
          }
        } else {
          return "neither JSON nor XML";
        }
        return null;
      } catch (JsonProcessingException e) {
        return "not JSON: " + e.getOriginalMessage();
      } catch (XMLStreamException | UncheckedStreamException e) {
        return "not XML: " + firstLine(e);
      } catch (IOException e) {
        return String.valueOf(e.getMessage());
      }
    }

    private void readJson(JsonParser parser, int depth) throws IOException {
      FieldValues values = new FieldValues();
      int records = json.read(parser, values, record -> take(record, depth));
      if (records == 0 || values.get(Field.EVENT_ID) != null) {
        take(values, depth);
      }
    }

    private void readXml(XMLStreamReader reader, int depth) throws XMLStreamException, IOException {
      xml.read(reader, record -> take(record, depth));
    }

    /** Takes the record that these fields are, or the one that they wrap. */
    private void take(FieldValues values, int depth) throws IOException {
      if (values.get(Field.EVENT_ID) == null && !values.wrapped().isEmpty()) {
        if (depth == DEEPEST_WRAP) {
          deadLetter("a record wrapped more than " + DEEPEST_WRAP + " times");
        } else {
          unwrap(values.wrapped().get(0), depth + 1);
        }
        return;
      }
      readEventData(values);
      try {
        anyTaken = true;
        Optional<SysmonEvent> event = EventAssembler.assemble(values);
        event.ifPresentOrElse(sink::event, sink::notRelevant);
      } catch (UnusableRecordException e) {
        deadLetter(String.valueOf(e.getMessage()));
      }
    }

    private void unwrap(String text, int depth) throws IOException {
      try {
        if (text.stripLeading().startsWith("<")) {
          readXml(XmlRecords.reader(text), depth);
        } else {
          try (JsonParser parser = JsonRecords.parser(text)) {
            readJson(parser, depth);
          }
        }
      } catch (XMLStreamException e) {
        deadLetter("the wrapped record is not XML: " + firstLine(e));
      }
    }

    private void readEventData(FieldValues values) throws IOException {
      String text = values.get(Field.EVENT_DATA_TEXT);
      if (text == null) {
        return;
      }
      try {
        if (text.stripLeading().startsWith("<")) {
          xml.readFields(XmlRecords.reader(text), values);
        } else if (text.stripLeading().startsWith("{")) {
          try (JsonParser parser = JsonRecords.parser(text)) {
            json.readFields(parser, root.at("EventData"), values);
          }
        }
      } catch (XMLStreamException e) {
        throw new IOException("EventData is not XML: " + firstLine(e), e);
      }
    }

    private void deadLetter(String reason) {
      sink.deadLetter(DeadLetter.of(origin, position, to - from, reason, bytes, from, to));
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
