package io.stagehound.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka for topics before a job does, which would only try again and again. */
public final class TopicCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private TopicCheck() {}

  /** Kafka that cannot be reached, or that refuses to answer. */
  public static final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Those of these topics that do not exist.
   *
   * @param client configuration of Kafka's clients, with their bootstrap servers
   */
  public static List<String> missing(Properties client, List<String> topics)
      throws UnreachableException, InterruptedException {
    Properties options = new Properties();
    options.putAll(client);
    String patience = Long.toString(PATIENCE.toMillis());
    options.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience);
    options.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
    List<String> missing = new ArrayList<>();
    try (Admin admin = Admin.create(options)) {
      Map<String, KafkaFuture<TopicDescription>> described =
          admin.describeTopics(topics).topicNameValues();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : described.entrySet()) {
        if (!exists(topic.getValue())) {
          missing.add(topic.getKey());
        }
      }
      return missing;
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UnreachableException(String.valueOf(cause.getMessage()), e);
    }
  }

  private static boolean exists(KafkaFuture<TopicDescription> topic)
      throws ExecutionException, InterruptedException {
    try {
      topic.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }
}
