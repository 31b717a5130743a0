package io.stagehound.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;

/**
 * Writes records as lines of bytes, without the line's end. They can be shown on a terminal. Not
 * thread-safe.
 */
public final class LineWriter<T> {

  private final LineFormat<T> format;
  private final JsonFactory json = new JsonFactory().setCharacterEscapes(new SafeEscapes());
  private final ByteArrayBuilder line = new ByteArrayBuilder();

  /** A writer in this format. */
  public LineWriter(LineFormat<T> format) {
    this.format = format;
  }

  /** The record as UTF-8. */
  public byte[] write(T element) throws IOException {
    line.reset();
    try (JsonGenerator generator = json.createGenerator(line)) {
      format.write(element, generator);
    }
    return line.toByteArray();
  }
}
