package io.stagehound.kafka;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A place in topics, where reading starts or ends.
 *
 * @param kind what it is told by
 * @param time the time that Kafka has for the first record from it on; null unless it is told by
 *     time
 */
public record Position(Kind kind, @Nullable Instant time) {

  /** What a place is told by. */
  public enum Kind {
    /** The oldest record that the topic still has. */
    EARLIEST,
    /** The end of the topic, as it is when the hunt starts. */
    LATEST,
    /** Where a hunt of the same name has come to; the oldest record where there was none. */
    COMMITTED,
    /** The first record of a time. */
    TIME
  }

  /** The place from this time on. */
  public static Position at(Instant time) {
    return new Position(Kind.TIME, time);
  }

  /**
   * Reads {@code earliest}, {@code latest}, {@code committed}, a time such as {@code
   * 2026-03-01T06:00:00Z}, or a date, which is its first moment in UTC.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Position parse(String text) {
    for (Kind kind : Kind.values()) {
      if (kind != Kind.TIME && kind.name().toLowerCase(Locale.ROOT).equals(text)) {
        return new Position(kind, null);
      }
    }
    try {
      return at(
          text.length() == "2026-03-01".length()
              ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
              : Instant.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no place in a topic: give earliest, latest, committed or a time like"
              + " 2026-03-01T06:00:00Z",
          e);
    }
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return time != null ? time.toString() : kind.name().toLowerCase(Locale.ROOT);
  }

  OffsetsInitializer offsets() {
    return new NothingSkipped(initializer());
  }

  // Kafka has deprecated the type of the reset strategy; Flink's connector still takes it.
  @SuppressWarnings("deprecation")
  private OffsetsInitializer initializer() {
    return switch (kind) {
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> OffsetsInitializer.latest();
      case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      case TIME ->
          OffsetsInitializer.timestamp(time == null ? 0 : Math.max(0, time.toEpochMilli()));
    };
  }

  /**
   * Where a topic no longer has what a hunt is to go on with, goes on with the oldest record that
   * it has, wherever the hunt once started: the connector would leap to the end for some.
   */
  private record NothingSkipped(OffsetsInitializer start) implements OffsetsInitializer {

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
      return start.getPartitionOffsets(partitions, retriever);
    }

    @Override
    @SuppressWarnings("deprecation")
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
      return OffsetResetStrategy.EARLIEST;
    }
  }
}
