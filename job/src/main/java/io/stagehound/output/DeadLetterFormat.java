package io.stagehound.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stagehound.decode.DeadLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A dead letter in Stagehound's own format. Sorted by origin, then position. */
public final class DeadLetterFormat implements LineFormat<DeadLetter> {
  private static final long serialVersionUID = 1L;

  @Override
  public void write(DeadLetter deadLetter, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("origin", deadLetter.origin());
    json.writeNumberField("position", deadLetter.position());
    json.writeNumberField("length", deadLetter.length());
    json.writeStringField("reason", deadLetter.reason());
    json.writeStringField("excerpt", deadLetter.excerpt());
    json.writeEndObject();
  }

  @Override
  public byte[] sortKey(DeadLetter deadLetter) {
    byte[] origin = deadLetter.origin().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(origin.length + 1 + Long.BYTES)
        .put(origin)
        .put((byte) 0)
        .putLong(SortKeys.ascending(deadLetter.position()))
        .array();
  }

  @Override
  public String key(DeadLetter deadLetter) {
    return deadLetter.origin();
  }

  @Override
  public DeadLetter cutTo(DeadLetter deadLetter, int limit) {
    // Its excerpt is short from the start.
    return deadLetter;
  }
}
