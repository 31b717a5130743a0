package io.stagehound.benchmarks;

import java.io.Closeable;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records to Kafka without waiting for each, and fails in the end where one was lost. */
final class Sender implements Closeable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> lost = new AtomicReference<>();

  /** A sender of a client with these options. */
  Sender(Map<String, Object> options) {
    producer = new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void send(String topic, int partition, byte[] value) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, partition, null, value),
            (written, failed) -> {
              if (failed != null) {
                lost.compareAndSet(null, failed);
              }
            });
  }

  /** Awaits what was sent. */
  @Override
  public void close() {
    producer.close();
    Exception failed = lost.get();
    if (failed != null) {
      throw new IllegalStateException("a record was lost", failed);
    }
  }
}
