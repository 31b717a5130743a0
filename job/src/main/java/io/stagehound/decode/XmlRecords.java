package io.stagehound.decode;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from Windows event XML in one pass, along the {@link FieldTable}. Names count
 * without their namespace; document types and entities of their own are refused, never expanded.
 */
final class XmlRecords {

  private static final XMLInputFactory FACTORY = factory();

  private final FieldNode root;

  XmlRecords(FieldNode root) {
    this.root = root;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    // Else a text that is not XML is only met where its reader declares no exception.
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  static XMLStreamReader reader(byte[] bytes, int from, int to) throws XMLStreamException {
    if (XmlCharacters.mayHoldForbidden(bytes, from, to)) {
      return reader(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    return FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes, from, to - from));
  }

  static XMLStreamReader reader(String text) throws XMLStreamException {
    return FACTORY.createXMLStreamReader(new StringReader(XmlCharacters.replaceForbidden(text)));
  }

  /**
   * Reads the document that the reader is at the start of: a record, or records in elements that
   * the table does not name.
   *
   * @param records takes each record
   * @return how many there were
   */
  int read(XMLStreamReader reader, Consumer<FieldValues> records)
      throws XMLStreamException, IOException {
    int count = 0;
    while (reader.hasNext()) {
      if (next(reader) == XMLStreamConstants.START_ELEMENT
          && !reader.getLocalName().equals("Events")
          && root.child(reader.getLocalName()) != null) {
        FieldValues values = new FieldValues();
        values.fromXml(true);
        readElement(reader, root, values);
        records.accept(values);
        count++;
      }
    }
    return count;
  }

  /** Reads the fields of an element that stands by itself, such as {@code EventData}. */
  void readFields(XMLStreamReader reader, FieldValues values)
      throws XMLStreamException, IOException {
    values.fromXml(true);
    while (reader.hasNext()) {
      if (next(reader) == XMLStreamConstants.START_ELEMENT) {
        readElement(reader, root, values);
      }
    }
    values.fromXml(false);
  }

  /** Reads the element that the reader is at, whose name is looked for below {@code parent}. */
  private void readElement(XMLStreamReader reader, FieldNode parent, FieldValues values)
      throws XMLStreamException, IOException {
    FieldNode top = startElement(reader, parent, values);
    if (top == null) {
      skipElement(reader);
      return;
    }
    Deque<FieldNode> places = new ArrayDeque<>();
    places.push(top);
    while (!places.isEmpty()) {
      FieldNode place = places.getFirst();
      switch (next(reader)) {
        case XMLStreamConstants.START_ELEMENT -> {
          FieldNode node = startElement(reader, place, values);
          if (node == null) {
            skipElement(reader);
          } else {
            places.push(node);
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!reader.isWhiteSpace()) {
            putText(place, reader.getText(), values);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          values.take(Field.ITEM_NAME);
          places.pop();
        }
        default -> {
          // Comments and processing instructions say nothing.
        }
      }
    }
  }

  /** Takes in the attributes of an element; null when nothing that matters is inside it. */
  private static @Nullable FieldNode startElement(
      XMLStreamReader reader, FieldNode parent, FieldValues values) {
    FieldNode node = parent.child(reader.getLocalName());
    if (node == null) {
      return null;
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      FieldNode attribute = node.child("@" + reader.getAttributeLocalName(i));
      if (attribute != null) {
        attribute.put(reader.getAttributeValue(i), values);
      }
    }
    return node;
  }

  private static void putText(FieldNode place, String text, FieldValues values) {
    String name = values.get(Field.ITEM_NAME);
    if (name != null && place.holds() == FieldNode.Holds.NAMED_ITEMS) {
      JsonRecords.putNamed(place, name, text, values);
    } else {
      place.put(text, values);
    }
  }

  private static void skipElement(XMLStreamReader reader) throws XMLStreamException, IOException {
    int depth = 1;
    while (depth > 0) {
      switch (next(reader)) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {
          // Whatever else is inside an element that does not matter.
        }
      }
    }
  }

  private static int next(XMLStreamReader reader) throws XMLStreamException, IOException {
    int event = reader.next();
    if (((XMLStreamReader2) reader).getDepth() > JsonRecords.DEEPEST) {
      throw new Malformed("nested deeper than " + JsonRecords.DEEPEST);
    }
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new Malformed("a document type or an entity of its own, which is never expanded");
    }
    return event;
  }
}
