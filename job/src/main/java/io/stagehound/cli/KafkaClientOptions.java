package io.stagehound.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How Kafka is reached. */
final class KafkaClientOptions {

  /** What Stagehound says to Kafka's clients itself. */
  private static final Set<String> OWN_PROPERTIES =
      Set.of(
          "group.id",
          "transactional.id",
          "enable.auto.commit",
          "auto.offset.reset",
          "key.deserializer",
          "value.deserializer",
          "key.serializer",
          "value.serializer");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT[,…]",
      description = "Where to find Kafka, unless the properties say it.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description =
          "Configuration of Kafka's clients: TLS, SASL, … Secrets belong there, never on the"
              + " command line.")
  private @Nullable Path kafkaProperties;

  @SuppressWarnings("NullAway.Init")
  KafkaClientOptions() {}

  /**
   * The configuration of Kafka's clients.
   *
   * @throws ParameterException if the user has it wrong
   */
  Properties properties() throws IOException {
    Properties properties = new Properties();
    if (kafkaProperties != null) {
      if (!Files.isReadable(kafkaProperties)) {
        throw wrongUsage("--kafka-properties " + kafkaProperties + ": no such file");
      }
      try (InputStream in = Files.newInputStream(kafkaProperties)) {
        properties.load(in);
      } catch (IllegalArgumentException e) {
        throw wrongUsage("--kafka-properties " + kafkaProperties + " is no properties file");
      }
    }
    Set<String> own = new TreeSet<>(properties.stringPropertyNames());
    own.retainAll(OWN_PROPERTIES);
    if (!own.isEmpty()) {
      throw wrongUsage(
          "--kafka-properties " + kafkaProperties + " sets what Stagehound sets itself: " + own);
    }
    if (bootstrapServers != null) {
      properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }
    if (properties.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) == null) {
      throw wrongUsage(
          "where is Kafka? Give --bootstrap-servers, or bootstrap.servers in --kafka-properties");
    }
    return properties;
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
