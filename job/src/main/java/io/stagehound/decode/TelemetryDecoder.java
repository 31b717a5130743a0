package io.stagehound.decode;

/**
 * Decodes whole records, of any shape that Stagehound knows, told apart record by record. Not
 * thread-safe; one instance serves any number of records.
 */
public final class TelemetryDecoder {

  /**
   * Decodes the record in {@code bytes[from, to)}: one JSON value or one XML element, or a list of
   * events wrapped in one. Never throws for what the bytes hold.
   *
   * @param origin as {@link DeadLetter#origin()}
   * @param position as {@link DeadLetter#position()}
   */
  public void decode(
      String origin, long position, byte[] bytes, int from, int to, DecodedSink sink) {}
}
