package io.stagehound.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagehound.SharedData;
import io.stagehound.kafka.KafkaTopics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files can be read, and lead to files that exist. */
class DeployFilesTest {

  private static final String SECRETS = "/etc/stagehound/kafka";
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
  private static final Pattern COPIED = Pattern.compile("(?m)^COPY(?: --\\S+)* (\\S+) \\S+$");

  @Test
  void theyCanBeRead() throws IOException {
    for (Path file : DeployFiles.all()) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(".yaml")) {
        assertThat(DeployFiles.yaml(file)).as(name).isNotEmpty();
      } else if (name.endsWith(".json")) {
        assertThat(DeployFiles.json(file).isObject()).as(name).isTrue();
      }
    }
  }

  @Test
  void theImageIsMadeOfWhatTheBuildMakes() throws IOException {
    String dockerfile = Files.readString(DeployFiles.folder().resolve("Dockerfile"));
    List<String> copied = new ArrayList<>();
    COPIED.matcher(dockerfile).results().forEach(found -> copied.add(found.group(1)));
    assertThat(copied).containsExactly("job/target/stagehound.jar");
    assertThat(Files.readString(SharedData.checkout().resolve("job/pom.xml")))
        .contains("<outputFile>${project.build.directory}/stagehound.jar</outputFile>");
    assertThat(Files.readAllLines(DeployFiles.folder().resolve("Dockerfile.dockerignore")))
        .containsExactly("**", "!job/target/stagehound.jar");
    for (JsonNode manifest : DeployFiles.flinkDeployments().values()) {
      String jar = manifest.path("spec").path("job").path("jarURI").asText();
      assertThat(dockerfile).contains(jar.substring("local://".length()));
    }
  }

  @Test
  void composeLeadsToFilesThatExist() throws IOException {
    JsonNode compose = DeployFiles.compose();
    List<Path> found = new ArrayList<>();
    for (JsonNode service : compose.path("services")) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().substring(0, volume.asText().indexOf(':'));
        if (source.startsWith(".")) {
          found.add(DeployFiles.folder().resolve(source));
        } else {
          assertThat(compose.path("volumes").has(source)).as(source).isTrue();
        }
      }
      if (service.has("build")) {
        Path context = DeployFiles.folder().resolve(service.path("build").path("context").asText());
        found.add(context.resolve(service.path("build").path("dockerfile").asText()));
      }
      for (String other : dependencies(service.path("depends_on"))) {
        assertThat(compose.path("services").has(other)).as(other).isTrue();
      }
    }
    assertThat(found).hasSizeGreaterThan(3).allSatisfy(path -> assertThat(path).exists());
  }

  private static List<String> dependencies(JsonNode dependsOn) {
    List<String> names = new ArrayList<>();
    dependsOn.fieldNames().forEachRemaining(names::add);
    if (dependsOn.isArray()) {
      dependsOn.forEach(name -> names.add(name.asText()));
    }
    return names;
  }

  @Test
  void thePageLeadsToFilesThatExist() throws IOException {
    String readme = Files.readString(DeployFiles.folder().resolve("README.md"));
    Matcher links = LINK.matcher(readme);
    Set<Path> linked = new HashSet<>();
    while (links.find()) {
      Path target = DeployFiles.folder().resolve(links.group(1)).normalize();
      assertThat(target).exists();
      linked.add(target);
    }
    // Every file is told of.
    Set<String> helpers = Set.of("README.md", "common.sh", "Dockerfile.dockerignore");
    assertThat(linked)
        .containsAll(
            DeployFiles.all().stream()
                .filter(file -> !helpers.contains(String.valueOf(file.getFileName())))
                .toList());
  }

  @Test
  void topicsHaveTheNamesThatTheHuntWritesTo() throws IOException {
    assertThat(Files.readString(DeployFiles.folder().resolve("kafka/create-topics.sh")))
        .contains("${ALERTS:-" + KafkaTopics.DEFAULT_ALERTS + "}")
        .contains("${DETECTIONS:-" + KafkaTopics.DEFAULT_DETECTIONS + "}")
        .contains("${DEAD_LETTERS:-" + KafkaTopics.DEFAULT_DEAD_LETTERS + "}");
  }

  @Test
  void theKafkaPropertiesTakeSecretsFromFiles(@TempDir Path mounted) throws IOException {
    // As Kubernetes mounts a Secret: each file a link to one in another folder.
    Path data = Files.createDirectory(mounted.resolve("..data"));
    for (String name : List.of("username", "password", "ca.crt")) {
      Files.writeString(data.resolve(name), "the " + name);
      Files.createSymbolicLink(mounted.resolve(name), Path.of("..data", name));
    }
    Properties properties = new Properties();
    Path file = DeployFiles.folder().resolve("kafka/client.properties");
    assertThat(Files.readString(file)).contains(SECRETS);
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    for (String key : properties.stringPropertyNames()) {
      properties.setProperty(key, properties.getProperty(key).replace(SECRETS, mounted.toString()));
      if (!key.startsWith("config.providers.")) {
        assertThat(ConsumerConfig.configNames()).contains(key);
        assertThat(ProducerConfig.configNames()).contains(key);
      }
    }
    // Resolved as a client does it; the properties themselves keep the placeholder.
    Properties consumer = new Properties();
    consumer.putAll(properties);
    for (String side : List.of("key", "value")) {
      consumer.setProperty(
          side + ".deserializer", "org.apache.kafka.common.serialization.BytesDeserializer");
    }
    Password jaas = new ConsumerConfig(consumer).getPassword(SaslConfigs.SASL_JAAS_CONFIG);
    assertThat(jaas.value())
        .contains("username=\"the username\"", "password=\"the password\"")
        .endsWith(";");
    assertThat(jaas.toString()).doesNotContain("the password");
    assertThat(properties.getProperty(SaslConfigs.SASL_JAAS_CONFIG)).doesNotContain("the password");
  }
}
