package io.stagehound.decode;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.jackson.core.JsonParser;
import io.stagehound.decode.EventAssembler.UnusableRecordException;
import io.stagehound.event.SysmonEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
  private final JsonScanner scanner = new JsonScanner(root);

  /** Where the table begins that records are read along. */
  FieldNode table() {
    return root;
  }

  /**
   * Decodes what one message holds, which is a record, or several in any form that a file may have
   * them in; gzip too. Never throws for what the bytes hold.
   *
   * @param origin as {@link DeadLetter#origin()}
   * @param position as {@link DeadLetter#position()}; that of every dead letter of the message
   */
  public void decodeMessage(String origin, long position, byte[] message, DecodedSink sink) {
    if (message.length > 0 && message[0] == '{') {
      int end = scanner.scan(message, 0, message.length);
      if (end >= 0 && isBlank(message, end)) {
        takeScanned(origin, position, message, 0, end, sink);
        return;
      }
    }
    MessageSink inMessage = new MessageSink(origin, position, sink);
    try (RecordReader records = new RecordReader(origin, TextInput.open(message))) {
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
   * Decodes the record in {@code bytes[from, to)}: one JSON value or one XML element, or a list of
   * records wrapped in one. Never throws for what the bytes hold; bytes that are not UTF-8 are read
   * as U+FFFD. What is neither JSON nor XML is left to the caller, who may know better where the
   * record ends.
   *
   * @param origin as {@link DeadLetter#origin()}
   * @param position as {@link DeadLetter#position()}
   * @return why it is neither; null when it is, and the sink was given all that it holds
   */
  @Nullable String decodeWellFormed(
      String origin, long position, byte[] bytes, int from, int to, DecodedSink sink) {
    return new Source(origin, position, bytes, from, to, sink).read();
  }

  /**
   * Decodes the JSON object that begins at {@code from}, if it is one that is read where it lies.
   *
   * @param limit the end of the bytes that are there
   * @return its end, and the sink was given what it holds; else {@link JsonScanner#UNSURE} or
   *     {@link JsonScanner#CUT}, and the sink was given nothing
   */
  int decodeScanned(
      String origin, long position, byte[] bytes, int from, int limit, DecodedSink sink) {
    int end = scanner.scan(bytes, from, limit);
    if (end >= 0) {
      takeScanned(origin, position, bytes, from, end, sink);
    }
    return end;
  }

  private void takeScanned(
      String origin, long position, byte[] bytes, int from, int end, DecodedSink sink) {
    if (scanner.isIrrelevant()) {
      sink.notRelevant();
    } else {
      new Source(origin, position, bytes, from, end, sink).takeEach(scanner.values(), 0);
    }
  }

  private static boolean isBlank(byte[] bytes, int from) {
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] != '\n' && bytes[at] != '\r' && bytes[at] != ' ') {
        return false;
      }
    }
    return true;
  }

  /**
   * Decodes what an object holds beside its lists of records, which were decoded: mostly nothing,
   * but it may be a record too.
   *
   * @return why it is not JSON; null when it is
   */
  @Nullable String decodeEnvelope(String origin, long position, byte[] envelope, DecodedSink sink) {
    return new Source(origin, position, envelope, 0, envelope.length, sink).readEnvelope();
  }

  /** One record to decode, which dead letters quote. */
  private final class Source {
    private final String origin;
    private final long position;
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final DecodedSink sink;
    private long given;
    private @Nullable DeadLetter last;

    Source(String origin, long position, byte[] bytes, int from, int to, DecodedSink sink) {
      this.origin = origin;
      this.position = position;
      this.bytes = bytes;
      this.from = from;
      this.to = to;
      this.sink = sink;
    }

    /** As {@link #decodeWellFormed}. */
    @Nullable String read() {
      try {
        String unusable = readBytes();
        if (unusable != null) {
          deadLetter(unusable);
        }
        return null;
      } catch (IOException | XMLStreamException | UncheckedStreamException e) {
        String malformed = Malformed.reason(e);
        if (given == 0) {
          return malformed;
        }
        deadLetter(malformed);
        return null;
      }
    }

    private @Nullable String readBytes() throws IOException, XMLStreamException {
      if (bytes[from] == '<') {
        XMLStreamReader reader =
            Utf8.isValid(bytes, from, to)
                ? XmlRecords.reader(bytes, from, to)
                : XmlRecords.reader(repaired());
        return readXml(reader, 0);
      }
      try (JsonParser parser = parser()) {
        return readJson(parser, 0);
      }
    }

    private JsonParser parser() throws IOException {
      return Utf8.isValid(bytes, from, to)
          ? JsonRecords.parser(bytes, from, to)
          : JsonRecords.parser(repaired());
    }

    /** The text of bytes that are not UTF-8. */
    private String repaired() {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** As {@link #decodeEnvelope}. */
    @Nullable String readEnvelope() {
      FieldValues values = new FieldValues();
      try (JsonParser parser = parser()) {
        json.read(parser, values, none -> {});
        if (values.get(Field.EVENT_ID) != null) {
          takeEach(values, 0);
        }
        return null;
      } catch (IOException e) {
        return Malformed.reason(e);
      }
    }

    /**
     * Reads a text that holds a record, or several.
     *
     * @return why it holds none; null when the sink was given all that it holds
     */
    private @Nullable String readText(String text, int depth)
        throws IOException, XMLStreamException {
      if (text.stripLeading().startsWith("<")) {
        return readXml(XmlRecords.reader(text), depth);
      }
      try (JsonParser parser = JsonRecords.parser(text)) {
        return readJson(parser, depth);
      }
    }

    private @Nullable String readJson(JsonParser parser, int depth) throws IOException {
      FieldValues values = new FieldValues();
      int records = json.read(parser, values, record -> takeEach(record, depth));
      return records == 0 || values.get(Field.EVENT_ID) != null ? take(values, depth) : null;
    }

    private @Nullable String readXml(XMLStreamReader reader, int depth)
        throws XMLStreamException, IOException {
      int records = xml.read(reader, record -> takeEach(record, depth));
      return records == 0 ? EventAssembler.NO_EVENT_ID : null;
    }

    private void takeEach(FieldValues values, int depth) {
      String unusable = take(values, depth);
      if (unusable != null) {
        deadLetter(unusable);
      }
    }

    /**
     * Takes the record that these fields are, or one that they wrap.
     *
     * @return why they are none; null when the sink was given it
     */
    private @Nullable String take(FieldValues values, int depth) {
      if (values.get(Field.EVENT_ID) == null && !values.wrapped().isEmpty()) {
        return unwrap(values.wrapped(), depth + 1);
      }
      try {
        if (!EventAssembler.isIrrelevant(values)) {
          readEventData(values);
        }
        Optional<SysmonEvent> event = EventAssembler.assemble(values);
        given++;
        event.ifPresentOrElse(sink::event, sink::notRelevant);
        return null;
      } catch (UnusableRecordException e) {
        return e.getMessage();
      }
    }

    /** Takes the first of these texts that is a record: others may only look like one. */
    private @Nullable String unwrap(List<String> texts, int depth) {
      if (depth > DEEPEST_WRAP) {
        return "a record wrapped more than " + DEEPEST_WRAP + " times";
      }
      String unusable = null;
      for (String text : texts) {
        long before = given;
        try {
          unusable = readText(text, depth);
        } catch (IOException | XMLStreamException | UncheckedStreamException e) {
          unusable = "the wrapped record is unusable: " + Malformed.reason(e);
        }
        if (unusable != null && given > before) {
          deadLetter(unusable);
        }
        if (unusable == null || given > before) {
          return null;
        }
      }
      return unusable;
    }

    private void readEventData(FieldValues values) throws UnusableRecordException {
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
      } catch (IOException | XMLStreamException | UncheckedStreamException e) {
        throw new UnusableRecordException("EventData is unusable: " + Malformed.reason(e));
      }
    }

    private void deadLetter(String reason) {
      given++;
      // Of one record there may be very many, which all quote the same.
      last =
          last == null
              ? DeadLetter.of(origin, position, to - from, reason, bytes, from, to)
              : new DeadLetter(origin, position, to - from, reason, last.excerpt());
      sink.deadLetter(last);
    }
  }
}
