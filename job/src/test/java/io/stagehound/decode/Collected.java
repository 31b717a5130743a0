package io.stagehound.decode;

import io.stagehound.event.SysmonEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What came out of decoding. */
final class Collected implements DecodedSink {

  final List<SysmonEvent> events = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();
  int notRelevant;

  /** Decodes one record. */
  static Collected ofRecord(String record) {
    Collected collected = new Collected();
    byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
    new TelemetryDecoder().decodeMessage("test", 0, bytes, collected);
    return collected;
  }

  /** Reads a stream to its end. */
  static Collected ofStream(InputStream in) throws IOException {
    Collected collected = new Collected();
    TelemetryDecoder decoder = new TelemetryDecoder();
    try (RecordReader reader = new RecordReader("test", in)) {
      while (reader.readRecord(decoder, collected)) {
        // What is read is collected.
      }
    }
    return collected;
  }

  static Collected ofText(String text) throws IOException {
    return ofStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  int records() {
    return events.size() + deadLetters.size() + notRelevant;
  }

  @Override
  public void event(SysmonEvent event) {
    events.add(event);
  }

  @Override
  public void notRelevant() {
    notRelevant++;
  }

  @Override
  public void deadLetter(DeadLetter deadLetter) {
    deadLetters.add(deadLetter);
  }
}
