package io.stagehound.decode;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

public final class RecordReader implements Closeable {
  private final BufferedReader in;
  private final String origin;

  public RecordReader(String origin, InputStream in) throws IOException {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.origin = origin;
  }

  public boolean readRecord(TelemetryDecoder decoder, DecodedSink sink) throws IOException {
    String line = in.readLine();
    if (line == null) {
      return false;
    }
    byte[] b = line.getBytes(StandardCharsets.UTF_8);
    decoder.decode(origin, 0, b, 0, b.length, sink);
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
