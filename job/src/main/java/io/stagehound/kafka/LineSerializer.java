package io.stagehound.kafka;

import io.stagehound.output.LineFormat;
import io.stagehound.output.LineWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines as Kafka records, keyed by what the format says. A line that a broker would refuse
 * for its size is written once more with its texts cut: an attacker can make a command line as long
 * as he likes, and must not stop the hunt with it.
 */
final class LineSerializer<T> implements KafkaRecordSerializationSchema<T> {
  private static final long serialVersionUID = 1L;

  /** Less than brokers and producers allow without being told otherwise, which is 1 MiB. */
  static final int MOST_BYTES = 1_000_000;

  private static final int LONGEST_TEXT = 8192;
  private static final int SHORTEST_TEXT = 32;
  private static final int SMALLER = 4;

  private final String topic;
  private final LineFormat<T> format;
  private transient @Nullable LineWriter<T> writer;

  LineSerializer(String topic, LineFormat<T> format) {
    this.topic = topic;
    this.format = format;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T element, KafkaSinkContext context, Long timestamp) {
    return line(element);
  }

  ProducerRecord<byte[], byte[]> line(T element) {
    // Without the event's time: old or false ones would make the broker drop or keep the record.
    return new ProducerRecord<>(
        topic, format.key(element).getBytes(StandardCharsets.UTF_8), value(element));
  }

  private byte[] value(T element) {
    if (writer == null) {
      writer = new LineWriter<>(format);
    }
    LineWriter<T> lines = writer;
    try {
      byte[] line = lines.write(element);
      T smaller = element;
      for (int limit = LONGEST_TEXT; line.length > MOST_BYTES; limit /= SMALLER) {
        smaller = format.cutTo(smaller, limit < SHORTEST_TEXT ? 0 : limit);
        line = lines.write(smaller);
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException("a line in memory cannot fail", e);
    }
  }
}
