package io.stagehound.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Serializable;

/** How a record is written as one line of JSON, and where that line stands in a file. */
public interface LineFormat<T> extends Serializable {

  /** Writes the record as one JSON object. */
  void write(T element, JsonGenerator json) throws IOException;

  /**
   * What the lines of a file are sorted by: smaller keys, byte by byte and unsigned, come first.
   */
  byte[] sortKey(T element);
}
