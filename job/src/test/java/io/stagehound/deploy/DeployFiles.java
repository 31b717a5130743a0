package io.stagehound.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stagehound.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files under {@code deploy/}. */
public final class DeployFiles {

  /** Every key once: the second of two would be the one that counts, unseen. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private DeployFiles() {}

  /** The folder itself. */
  public static Path folder() {
    return SharedData.checkout().resolve("deploy");
  }

  /** Every file, to the bottom. */
  public static List<Path> all() throws IOException {
    try (Stream<Path> walk = Files.walk(folder())) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Every file whose name ends in this. */
  public static List<Path> ending(String suffix) throws IOException {
    return all().stream().filter(file -> file.toString().endsWith(suffix)).toList();
  }

  /** What a file of JSON holds. */
  public static JsonNode json(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }

  /** The documents of a file of YAML. */
  public static List<JsonNode> yaml(Path file) throws IOException {
    return yaml(Files.readString(file));
  }

  static List<JsonNode> yaml(String text) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      values.forEachRemaining(documents::add);
    }
    return documents;
  }

  /** The manifests for the Flink Kubernetes Operator, by file. */
  public static Map<Path, JsonNode> flinkDeployments() throws IOException {
    Map<Path, JsonNode> manifests = new TreeMap<>();
    for (Path file : ending(".yaml")) {
      for (JsonNode document : yaml(file)) {
        if (document.path("kind").asText().equals("FlinkDeployment")) {
          manifests.put(file, document);
        }
      }
    }
    return manifests;
  }

  static JsonNode compose() throws IOException {
    return yaml(folder().resolve("compose.yaml")).get(0);
  }

  /** What configures Flink, by where it is written. */
  static Map<String, JsonNode> flinkConfigurations() throws IOException {
    Map<String, JsonNode> configurations = new TreeMap<>();
    for (Map.Entry<Path, JsonNode> manifest : flinkDeployments().entrySet()) {
      configurations.put(
          manifest.getKey().toString(),
          manifest.getValue().path("spec").path("flinkConfiguration"));
    }
    Path standalone = folder().resolve("standalone/config.yaml");
    configurations.put(standalone.toString(), yaml(standalone).get(0));
    for (Map.Entry<String, JsonNode> service : compose().path("services").properties()) {
      JsonNode properties = service.getValue().path("environment").path("FLINK_PROPERTIES");
      if (properties.isTextual()) {
        configurations.put("compose.yaml, " + service.getKey(), yaml(properties.asText()).get(0));
      }
    }
    return configurations;
  }
}
