package io.stagehound.kafka;

import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.Decoded;
import io.stagehound.decode.DecodedSink;
import io.stagehound.decode.TelemetryDecoder;
import io.stagehound.event.SysmonEvent;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Decodes the value of a Kafka record where it is read. Never throws: what cannot be used becomes a
 * dead letter with topic, partition and offset.
 */
final class TelemetryDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
  private static final long serialVersionUID = 1L;

  private transient TelemetryDecoder decoder;
  private transient Map<TopicPartition, String> origins;

  @SuppressWarnings("NullAway.Init")
  TelemetryDeserializer() {}

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new TelemetryDecoder();
    origins = new HashMap<>();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Decoded> decoded) {
    Message sink = new Message(message, decoded);
    byte[] value = message.value();
    if (value == null) {
      // A tombstone: it takes back what it has the key of, and tells nothing.
      sink.notRelevant();
      return;
    }
    String origin =
        origins.computeIfAbsent(
            new TopicPartition(message.topic(), message.partition()),
            partition -> partition.topic() + "/" + partition.partition());
    decoder.decodeMessage(origin, message.offset(), value, sink);
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return TypeInformation.of(Decoded.class);
  }

  /** What one message holds. Its bytes count with the first of it. */
  private static final class Message implements DecodedSink {
    private final Collector<Decoded> decoded;
    private long bytes;

    Message(ConsumerRecord<byte[], byte[]> message, Collector<Decoded> decoded) {
      this.decoded = decoded;
      this.bytes = Math.max(0, message.serializedValueSize());
    }

    private long takeBytes() {
      long taken = bytes;
      bytes = 0;
      return taken;
    }

    @Override
    public void event(SysmonEvent event) {
      decoded.collect(new Decoded(event, null, 0, takeBytes(), false));
    }

    @Override
    public void notRelevant() {
      decoded.collect(new Decoded(null, null, 1, takeBytes(), false));
    }

    @Override
    public void deadLetter(DeadLetter deadLetter) {
      decoded.collect(new Decoded(null, deadLetter, 0, takeBytes(), false));
    }
  }
}
