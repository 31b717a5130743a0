package io.stagehound.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Serializable;

/** How a record is written as one line of JSON, and where that line belongs. */
public interface LineFormat<T> extends Serializable {

  /** Writes the record as one JSON object. */
  void write(T element, JsonGenerator json) throws IOException;

  /**
   * What the lines of a file are sorted by: smaller keys, byte by byte and unsigned, come first.
   */
  byte[] sortKey(T element);

  /** What a record in a topic is keyed by: a later one of the same key may replace it. */
  String key(T element);

  /**
   * A record that tells the same in less: with every text cut to at most this many characters;
   * where that is 0 and there is a list of steps, with half of it instead.
   */
  T cutTo(T element, int limit);
}
