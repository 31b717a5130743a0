package io.stagehound.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.stagehound.SharedData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The manifests are what the Flink Kubernetes Operator takes. */
class ManifestsTest {

  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";

  @SuppressWarnings("NullAway.Init")
  private static Schema schema;

  @BeforeAll
  static void readSchema() throws IOException {
    JsonNode definition =
        DeployFiles.yaml(SharedData.schema("flinkdeployments.flink.apache.org-v1.yml")).get(0);
    JsonNode version = definition.path("spec").path("versions").path(0);
    assertThat(version.path("name").asText()).isEqualTo("v1beta1");
    ObjectNode openApi = (ObjectNode) version.path("schema").path("openAPIV3Schema");
    // What every object of Kubernetes has.
    ((ObjectNode) openApi.path("properties"))
        .putObject("apiVersion")
        .put("const", "flink.apache.org/v1beta1");
    ((ObjectNode) openApi.path("properties")).putObject("kind").put("const", "FlinkDeployment");
    ObjectNode metadata = ((ObjectNode) openApi.path("properties")).putObject("metadata");
    metadata.put("type", "object").putObject("properties").putObject("name").put("type", "string");
    close(openApi);
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(openApi);
  }

  /** Kubernetes drops fields that the schema does not know, and says nothing: here they fail. */
  private static void close(JsonNode node) {
    if (node.isObject()
        && node.path("properties").isObject()
        && !node.has("additionalProperties")
        && !node.path(PRESERVE).asBoolean()) {
      ((ObjectNode) node).put("additionalProperties", false);
    }
    node.forEach(ManifestsTest::close);
  }

  @Test
  void theyAreWhatTheOperatorTakes() throws IOException {
    Map<?, JsonNode> manifests = DeployFiles.flinkDeployments();
    assertThat(manifests).hasSize(2);
    manifests.forEach(
        (file, manifest) -> assertThat(errors(manifest)).as(file.toString()).isEmpty());
  }

  @Test
  void anUnknownFieldAndAWrongTypeFail() throws IOException {
    for (JsonNode manifest : DeployFiles.flinkDeployments().values()) {
      ObjectNode container =
          (ObjectNode)
              manifest.path("spec").path("podTemplate").path("spec").path("containers").path(0);
      container.put("volumeMount", "misspelt");
      ((ObjectNode) manifest.path("spec").path("job")).put("parallelism", "four");
      assertThat(errors(manifest))
          .hasSize(2)
          .anySatisfy(error -> assertThat(error).contains("volumeMount"))
          .anySatisfy(error -> assertThat(error).contains("parallelism"));
    }
  }

  private static List<String> errors(JsonNode manifest) {
    return schema.validate(manifest).stream().map(Error::toString).toList();
  }

  @Test
  void whatOneFileNamesTheOtherHas() throws IOException {
    JsonNode monitor =
        DeployFiles.yaml(DeployFiles.folder().resolve("kubernetes/pod-monitor.yaml")).get(0);
    for (JsonNode manifest : DeployFiles.flinkDeployments().values()) {
      JsonNode pod = manifest.path("spec").path("podTemplate");
      assertThat(pod.path("metadata").path("labels"))
          .isEqualTo(monitor.path("spec").path("selector").path("matchLabels"));
      JsonNode container = pod.path("spec").path("containers").path(0);
      assertThat(container.path("name").asText()).isEqualTo("flink-main-container");
      assertThat(container.path("ports").path(0).path("name"))
          .isEqualTo(monitor.path("spec").path("podMetricsEndpoints").path(0).path("port"));
      assertThat(container.path("ports").path(0).path("containerPort").asText())
          .isEqualTo(
              manifest
                  .path("spec")
                  .path("flinkConfiguration")
                  .path("metrics.reporter.prom.port")
                  .asText());
      assertThat(container.path("volumeMounts").findValuesAsText("name"))
          .containsExactlyInAnyOrderElementsOf(
              pod.path("spec").path("volumes").findValuesAsText("name"));
    }
  }
}
