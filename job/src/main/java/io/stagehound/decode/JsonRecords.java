package io.stagehound.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from JSON in one pass, along the {@link FieldTable}; what it does not name is
 * skipped unread. Of a name that an object has twice, both values count as if they had two names.
 */
final class JsonRecords {

  /** Deeper than any record is; what is deeper is an attack on the reader. */
  static final int DEEPEST = 200;

  private static final int LONGEST_NUMBER = 1000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(Frame.LONGEST_RECORD)
                  .maxNameLength(Frame.LONGEST_RECORD)
                  .build())
          // Names of records are few, but an attacker can write any number of them.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // Bytes are UTF-8 by now, whatever they look like.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          // Else a tab in a command line hides the event.
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  /** An object or a list being read: where in the table it stands. */
  private record Place(FieldNode node, boolean list) {}

  private final FieldNode root;

  JsonRecords(FieldNode root) {
    this.root = root;
  }

  static JsonParser parser(byte[] bytes, int from, int to) throws IOException {
    return FACTORY.createParser(bytes, from, to - from);
  }

  static JsonParser parser(String text) throws IOException {
    return FACTORY.createParser(text);
  }

  /**
   * Reads the document that the parser is at the start of: an object, which fills {@code values},
   * or a list of records.
   *
   * @param records takes each record of a list
   * @return how many records of lists were read
   */
  int read(JsonParser parser, FieldValues values, Consumer<FieldValues> records)
      throws IOException {
    JsonToken first = parser.nextToken();
    int count = 0;
    if (first == JsonToken.START_OBJECT) {
      count = readObject(parser, root, values, records);
    } else if (first == JsonToken.START_ARRAY) {
      count = readList(parser, records);
    }
    if (parser.nextToken() != null) {
      throw new Malformed("more text after the end of the record");
    }
    return count;
  }

  /** Reads an object of fields, whose names stand below {@code start} in the table. */
  void readFields(JsonParser parser, FieldNode start, FieldValues values) throws IOException {
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      readObject(parser, start, values, none -> {});
    }
  }

  private int readObject(
      JsonParser parser, FieldNode start, FieldValues values, Consumer<FieldValues> records)
      throws IOException {
    int count = 0;
    Deque<Place> places = new ArrayDeque<>();
    places.push(new Place(start, false));
    FieldNode node = start;
    while (!places.isEmpty()) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new Malformed("the record ends too soon");
      }
      switch (token) {
        case FIELD_NAME -> {
          node = places.getFirst().node().child(parser.currentName());
          if (node == null) {
            parser.nextToken();
            parser.skipChildren();
            node = places.getFirst().node();
          }
        }
        case START_OBJECT -> places.push(new Place(node, false));
        case START_ARRAY -> {
          if (node.holds() == FieldNode.Holds.RECORDS) {
            count += readList(parser, records);
          } else {
            places.push(new Place(node, true));
          }
        }
        case END_OBJECT, END_ARRAY -> {
          Place ended = places.pop();
          if (token == JsonToken.END_OBJECT) {
            endItem(ended.node(), values);
          }
        }
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
            node.put(parser.getText(), values);
        default -> {
          // A null is a field that is missing.
        }
      }
      node = nodeAfter(token, node, places.peekFirst());
    }
    return count;
  }

  /** Where the next value stands: after a name, at that name; in a list, where the list does. */
  private static FieldNode nodeAfter(JsonToken token, FieldNode node, @Nullable Place place) {
    return token == JsonToken.FIELD_NAME || place == null ? node : place.node();
  }

  /** Puts the entry of a list of named fields that has ended, if it is one. */
  static void endItem(FieldNode node, FieldValues values) {
    if (node.holds() == FieldNode.Holds.NAMED_ITEMS) {
      putNamed(node, values.take(Field.ITEM_NAME), values.take(Field.ITEM_TEXT), values);
    }
  }

  /** Puts an entry of a list of named fields where its name says. */
  static void putNamed(
      FieldNode list, @Nullable String name, @Nullable String text, FieldValues values) {
    if (name != null && text != null) {
      FieldNode named = list.namedItem(name);
      if (named != null) {
        named.put(text, values);
      }
    }
  }

  private int readList(JsonParser parser, Consumer<FieldValues> records) throws IOException {
    int count = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        FieldValues values = new FieldValues();
        // A list of records inside a record of a list is not a shape that exists.
        readObject(parser, root, values, none -> {});
        records.accept(values);
        count++;
      } else if (token == null) {
        throw new Malformed("the list ends too soon");
      } else {
        parser.skipChildren();
      }
    }
    return count;
  }
}
