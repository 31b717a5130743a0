package io.stagehound.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, whole in memory. Objects are lists of entries, since a name may stand in one twice.
 */
abstract sealed class JsonTree {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonRecords.DEEPEST)
                  .maxNumberLength(1000)
                  .maxStringLength(Frame.LONGEST_RECORD)
                  .maxNameLength(Frame.LONGEST_RECORD)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  /** Entries of an object. */
  static final class Entry {
    String name;
    JsonTree value;

    Entry(String name, JsonTree value) {
      this.name = name;
      this.value = value;
    }
  }

  /** An object; not whole when the text is damaged before its end. */
  static final class JsonObject extends JsonTree {
    final List<Entry> entries = new ArrayList<>();
    boolean whole;

    JsonObject with(String name, JsonTree value) {
      entries.add(new Entry(name, value));
      return this;
    }
  }

  /** A list. */
  static final class JsonList extends JsonTree {
    final List<JsonTree> elements = new ArrayList<>();

    JsonList with(JsonTree element) {
      elements.add(element);
      return this;
    }
  }

  /** A string. */
  static final class JsonText extends JsonTree {
    final String text;

    JsonText(String text) {
      this.text = text;
    }
  }

  /** A number, true, false or null, as it is written. */
  static final class JsonWord extends JsonTree {
    final String word;

    JsonWord(String word) {
      this.word = word;
    }

    boolean isNull() {
      return word.equals("null");
    }
  }

  /**
   * What a text was read as.
   *
   * @param value the first value in it, as far as it goes; null when there is none
   * @param malformed why the value is not whole; null when it is
   * @param malformedBehind what is wrong behind the value; null when nothing is
   */
  record Read(
      @Nullable JsonTree value,
      @Nullable IOException malformed,
      @Nullable IOException malformedBehind) {

    boolean isGood() {
      return malformed == null && malformedBehind == null;
    }
  }

  static Read read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new Reader(parser).read();
    } catch (IOException e) {
      return new Read(null, e, null);
    }
  }

  private static final class Reader {
    private final JsonParser parser;
    private @Nullable JsonTree top;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    Read read() {
      try {
        JsonToken first = parser.nextToken();
        if (first != null) {
          readValue(first, value -> top = value);
        }
      } catch (IOException e) {
        return new Read(top, e, null);
      }
      try {
        if (parser.nextToken() != null) {
          return new Read(top, null, new Malformed("more text after the end of the record"));
        }
      } catch (IOException e) {
        return new Read(top, null, e);
      }
      return new Read(top, null, null);
    }

    /** Takes a value where it belongs, before what is inside it is read. */
    private interface Parent {
      void take(JsonTree value);
    }

    private void readValue(JsonToken first, Parent parent) throws IOException {
      switch (first) {
        case START_OBJECT -> readObject(parent);
        case START_ARRAY -> readList(parent);
        case VALUE_STRING -> parent.take(new JsonText(parser.getText()));
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
            parent.take(new JsonWord(parser.getText()));
        default -> throw new Malformed("no value, but " + first);
      }
    }

    private void readObject(Parent parent) throws IOException {
      JsonObject object = new JsonObject();
      parent.take(object);
      for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
        String name = parser.currentName();
        readValue(next(), value -> object.with(name, value));
      }
      object.whole = true;
    }

    private void readList(Parent parent) throws IOException {
      JsonList list = new JsonList();
      parent.take(list);
      for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
        readValue(token, list::with);
      }
    }

    private JsonToken next() throws IOException {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new Malformed("the text ends too soon");
      }
      return token;
    }
  }
}
