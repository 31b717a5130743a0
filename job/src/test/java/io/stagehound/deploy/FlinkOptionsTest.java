package io.stagehound.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagehound.SharedData;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** Every option of Flink that {@code deploy/} sets is one, and can have that value. */
class FlinkOptionsTest {

  private static final Pattern OPTIONS = Pattern.compile("org/apache/flink/.*Options\\.class");

  /** Of the operator, which no test has: "Dynamic configuration" in its documentation. */
  private static final Set<String> OF_THE_OPERATOR =
      Set.of(
          "kubernetes.operator.jm-deployment.shutdown-ttl",
          "kubernetes.operator.periodic.savepoint.interval",
          "kubernetes.operator.savepoint.history.max.age",
          "kubernetes.operator.savepoint.history.max.count");

  /**
   * Of a metric reporter, whose name is part of the key. "factory.class" is in MetricOptions; the
   * others are read by PrometheusReporterFactory and AbstractPrometheusReporter.
   */
  private static final Set<String> OF_THE_REPORTER =
      Set.of(
          "metrics.reporter.prom.factory.class",
          "metrics.reporter.prom.port",
          "metrics.reporter.prom.filterLabelValueCharacters");

  @Test
  void everyOptionIsOneAndCanHaveItsValue() throws IOException {
    Map<String, ConfigOption<?>> known = flinkOptions();
    assertThat(known).hasSizeGreaterThan(300).containsKey("execution.checkpointing.interval");
    Map<String, JsonNode> configurations = DeployFiles.flinkConfigurations();
    // Two manifests, the standalone cluster, and what both services of the compose file share.
    assertThat(configurations).hasSize(4);
    configurations.forEach(
        (where, settings) -> {
          assertThat(settings.size()).as(where).isPositive();
          for (Map.Entry<String, JsonNode> setting : settings.properties()) {
            String key = setting.getKey();
            if (OF_THE_OPERATOR.contains(key) || OF_THE_REPORTER.contains(key)) {
              continue;
            }
            assertThat(known).as(where).containsKey(key);
            Configuration one = Configuration.fromMap(Map.of(key, setting.getValue().asText()));
            assertThat(one.getOptional(known.get(key))).as("%s of %s", key, where).isPresent();
          }
        });
  }

  @Test
  void allThatRunsLiveIsSetUpAlike() throws IOException {
    Map<String, JsonNode> live = new LinkedHashMap<>(DeployFiles.flinkConfigurations());
    live.keySet().removeIf(where -> where.endsWith("backfill.yaml"));
    live.forEach(
        (where, settings) -> {
          assertThat(settings.path("pipeline.max-parallelism").asText())
              .as(where)
              .isEqualTo("1024");
          assertThat(settings.path("state.backend.type").asText()).as(where).isEqualTo("rocksdb");
          assertThat(settings.path("execution.checkpointing.incremental").asText())
              .as(where)
              .isEqualTo("true");
        });
  }

  @Test
  void theImagesAreOfTheVersionsThatTheBuildUses() throws IOException {
    String pom = Files.readString(SharedData.checkout().resolve("pom.xml"));
    String flink = property(pom, "flink.version");
    assertThat(Files.readAllLines(DeployFiles.folder().resolve("Dockerfile")))
        .contains("FROM flink:" + flink + "-java17");
    for (JsonNode manifest : DeployFiles.flinkDeployments().values()) {
      List<String> parts = List.of(flink.split("\\.", -1));
      assertThat(manifest.path("spec").path("flinkVersion").asText())
          .isEqualTo("v" + parts.get(0) + "_" + parts.get(1));
    }
    assertThat(DeployFiles.compose().path("services").path("kafka").path("image").asText())
        .isEqualTo("apache/kafka:" + property(pom, "kafka.version"));
  }

  private static String property(String pom, String name) {
    int start = pom.indexOf("<" + name + ">") + name.length() + 2;
    return pom.substring(start, pom.indexOf('<', start));
  }

  /** Every option in a class of options of Flink, by its key. */
  private static Map<String, ConfigOption<?>> flinkOptions() throws IOException {
    Map<String, ConfigOption<?>> options = new HashMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (!String.valueOf(jar.getFileName()).startsWith("flink-") || !entry.endsWith(".jar")) {
        continue;
      }
      try (JarFile opened = new JarFile(jar.toFile())) {
        for (JarEntry file : opened.stream().toList()) {
          if (OPTIONS.matcher(file.getName()).matches()) {
            addOptions(file.getName(), options);
          }
        }
      }
    }
    return options;
  }

  private static void addOptions(String file, Map<String, ConfigOption<?>> options) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      for (Field field : Class.forName(name).getFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
          ConfigOption<?> option = (ConfigOption<?>) field.get(null);
          options.put(option.key(), option);
        }
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // Of a part of Flink that is not here, such as its tables: none of its options is used.
    }
  }
}
