package io.stagehound.decode;

import com.fasterxml.aalto.UncheckedStreamException;
import io.stagehound.decode.EventAssembler.UnusableRecordException;
import io.stagehound.decode.JsonTree.Entry;
import io.stagehound.decode.JsonTree.JsonList;
import io.stagehound.decode.JsonTree.JsonObject;
import io.stagehound.decode.JsonTree.JsonText;
import io.stagehound.decode.JsonTree.JsonWord;
import io.stagehound.event.SysmonEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a piece of a stream, which {@link TreeReader} cut, in the simplest way there is: the
 * whole of it becomes a tree, and the tree is walked along the {@link FieldTable}.
 */
final class TreeRecords {

  private static final int DEEPEST_WRAP = 3;

  private final FieldNode root = FieldTable.root();
  private final XmlRecords xml = new XmlRecords(root);

  /** Where the table begins. */
  FieldNode root() {
    return root;
  }

  /**
   * As {@link TelemetryDecoder#decodeWellFormed}.
   *
   * @return why the piece is neither JSON nor XML; null when the sink was given all that it holds
   */
  @Nullable String decodePiece(long position, byte[] piece, DecodedSink sink) {
    return new Piece(position, piece, sink).decode();
  }

  /** As {@link TelemetryDecoder#decodeEnvelope}. */
  @Nullable String decodeEnvelope(long position, byte[] envelope, DecodedSink sink) {
    return new Piece(position, envelope, sink).decodeEnvelope();
  }

  private final class Piece {
    private final long position;
    private final byte[] bytes;
    private final DecodedSink sink;

    /** How many records and dead letters the sink was given. */
    private int given;

    Piece(long position, byte[] bytes, DecodedSink sink) {
      this.position = position;
      this.bytes = bytes;
      this.sink = sink;
    }

    private void deadLetter(String reason) {
      given++;
      sink.deadLetter(
          DeadLetter.of(TreeReader.ORIGIN, position, bytes.length, reason, bytes, 0, bytes.length));
    }

    @Nullable String decode() {
      try {
        String unusable = readText(new String(bytes, StandardCharsets.UTF_8), 0);
        if (unusable != null) {
          deadLetter(unusable);
        }
      } catch (IOException | XMLStreamException | UncheckedStreamException e) {
        String malformed = Malformed.reason(e);
        if (given == 0) {
          return malformed;
        }
        deadLetter(malformed);
      }
      return null;
    }

    @Nullable String decodeEnvelope() {
      JsonTree.Read read = JsonTree.read(new String(bytes, StandardCharsets.UTF_8));
      if (!read.isGood()) {
        return malformed(read);
      }
      FieldValues values = new FieldValues();
      if (read.value() instanceof JsonObject object) {
        walk(object, root, values, record -> {});
      }
      if (values.get(Field.EVENT_ID) != null) {
        takeOrDeadLetter(values, 0);
      }
      return null;
    }

    private String malformed(JsonTree.Read read) {
      IOException why = read.malformed() != null ? read.malformed() : read.malformedBehind();
      return why == null ? "" : Malformed.reason(why);
    }

    /** Gives the sink what a text holds; else says why it holds nothing. */
    private @Nullable String readText(String text, int depth)
        throws IOException, XMLStreamException {
      if (text.stripLeading().startsWith("<")) {
        int records = xml.read(XmlRecords.reader(text), record -> takeOrDeadLetter(record, depth));
        return records == 0 ? EventAssembler.NO_EVENT_ID : null;
      }
      JsonTree.Read read = JsonTree.read(text);
      FieldValues values = new FieldValues();
      int records = 0;
      if (read.value() instanceof JsonObject object) {
        records = walk(object, root, values, record -> takeOrDeadLetter(record, depth));
      } else if (read.value() instanceof JsonList list) {
        records = walkRecords(list, record -> takeOrDeadLetter(record, depth));
      }
      if (!read.isGood()) {
        // What was whole before the damage counts.
        throw new Malformed(malformed(read));
      }
      return records == 0 || values.get(Field.EVENT_ID) != null ? take(values, depth) : null;
    }

    private void takeOrDeadLetter(FieldValues values, int depth) {
      String unusable = take(values, depth);
      if (unusable != null) {
        deadLetter(unusable);
      }
    }

    /** Gives the sink the record of these fields, or what they wrap; else says why not. */
    private @Nullable String take(FieldValues values, int depth) {
      if (values.get(Field.EVENT_ID) == null && !values.wrapped().isEmpty()) {
        return takeWrapped(values.wrapped(), depth + 1);
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

    private @Nullable String takeWrapped(List<String> texts, int depth) {
      if (depth > DEEPEST_WRAP) {
        return "a record wrapped more than 3 times";
      }
      String unusable = null;
      for (String text : texts) {
        int before = given;
        try {
          unusable = readText(text, depth);
        } catch (IOException | XMLStreamException | UncheckedStreamException e) {
          unusable = "the wrapped record is unusable: " + Malformed.reason(e);
        }
        boolean any = given > before;
        if (any && unusable != null) {
          deadLetter(unusable);
        }
        if (any || unusable == null) {
          return null;
        }
      }
      return unusable;
    }

    private void readEventData(FieldValues values) throws UnusableRecordException {
      String text = values.get(Field.EVENT_DATA_TEXT);
      String start = text == null ? "" : text.stripLeading();
      try {
        if (text != null && start.startsWith("<")) {
          xml.readFields(XmlRecords.reader(text), values);
        } else if (text != null && start.startsWith("{")) {
          JsonTree.Read read = JsonTree.read(text);
          if (read.malformed() != null) {
            throw read.malformed();
          }
          if (read.value() instanceof JsonObject object) {
            walk(object, root.at("EventData"), values, record -> {});
          }
        }
      } catch (IOException | XMLStreamException | UncheckedStreamException e) {
        throw new UnusableRecordException("EventData is unusable: " + Malformed.reason(e));
      }
    }
  }

  /** Puts what stands in this value, which is at this place of the table, into the values. */
  private int walk(
      JsonTree value, FieldNode place, FieldValues values, Consumer<FieldValues> records) {
    int count = 0;
    if (value instanceof JsonText text) {
      place.put(text.text, values);
    } else if (value instanceof JsonWord word && !word.isNull()) {
      place.put(word.word, values);
    } else if (value instanceof JsonList list && place.holds() == FieldNode.Holds.RECORDS) {
      count += walkRecords(list, records);
    } else if (value instanceof JsonList list) {
      for (JsonTree element : list.elements) {
        count += walk(element, place, values, records);
      }
    } else if (value instanceof JsonObject object) {
      for (Entry entry : object.entries) {
        FieldNode child = place.child(entry.name);
        if (child != null) {
          count += walk(entry.value, child, values, records);
        }
      }
      if (place.holds() == FieldNode.Holds.NAMED_ITEMS) {
        String name = values.take(Field.ITEM_NAME);
        String text = values.take(Field.ITEM_TEXT);
        FieldNode named = name == null ? null : place.namedItem(name);
        if (named != null && text != null) {
          named.put(text, values);
        }
      }
    }
    return count;
  }

  /** Hands on each whole object of a list of records; lists of records inside them count not. */
  private int walkRecords(JsonList list, Consumer<FieldValues> records) {
    int count = 0;
    for (JsonTree element : list.elements) {
      if (element instanceof JsonObject object && object.whole) {
        FieldValues values = new FieldValues();
        walk(object, root, values, none -> {});
        records.accept(values);
        count++;
      }
    }
    return count;
  }
}
