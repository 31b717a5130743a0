package io.stagehound.decode;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;

/** Why a text is not what a record should be, in words of our own. */
final class Malformed extends IOException {
  private static final long serialVersionUID = 1L;

  Malformed(String reason) {
    super(reason);
  }

  /** What a reader met, in one sentence. */
  static String reason(Exception e) {
    if (e instanceof Malformed) {
      return String.valueOf(e.getMessage());
    }
    if (e instanceof StreamConstraintsException) {
      return "a number, a text or a nesting is longer than any record's";
    }
    if (e instanceof JsonProcessingException json) {
      JsonLocation at = json.getLocation();
      return at == null ? "not JSON" : "not JSON" + at(at.getLineNr(), at.getColumnNr());
    }
    if (e instanceof XMLStreamException xml) {
      Location at = xml.getLocation();
      return at == null ? "not XML" : "not XML" + at(at.getLineNumber(), at.getColumnNumber());
    }
    return e.getCause() instanceof XMLStreamException cause ? reason(cause) : "not XML";
  }

  private static String at(int line, int column) {
    return ": wrong at line " + line + ", column " + column;
  }
}
