package io.stagehound.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules ask for metrics that exist. */
class MetricsTest {

  private static final Path DASHBOARD = DeployFiles.folder().resolve("grafana/stagehound.json");
  private static final Path ALERTS = DeployFiles.folder().resolve("prometheus/alerts.yaml");
  private static final Path README = DeployFiles.folder().resolve("README.md");

  private static final Pattern METRIC = Pattern.compile("\\bflink_\\w+");
  private static final Pattern MATCHED = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
  private static final Pattern GROUPED =
      Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)");

  @Test
  void everyMetricOfTheDashboardIsRegistered() throws Exception {
    List<String> queries = dashboardQueries();
    assertThat(queries).hasSizeGreaterThan(20);
    assertThat(metrics(queries)).isNotEmpty().isSubsetOf(RegisteredMetrics.names());
    assertThat(labels(queries)).isNotEmpty().isSubsetOf(RegisteredMetrics.labels());
  }

  @Test
  void everyMetricOfTheJobIsOnTheDashboard() throws Exception {
    assertThat(metrics(dashboardQueries())).containsAll(RegisteredMetrics.ofTheJob());
  }

  @Test
  void everyMetricOfTheAlertRulesIsRegistered() throws Exception {
    List<String> queries = rules().stream().map(rule -> rule.path("expr").asText()).toList();
    assertThat(queries).hasSizeGreaterThan(10).allSatisfy(query -> assertThat(query).isNotBlank());
    assertThat(metrics(queries)).isNotEmpty().isSubsetOf(RegisteredMetrics.names());
    assertThat(labels(queries)).isNotEmpty().isSubsetOf(RegisteredMetrics.labels());
    // What the texts show of an alert must be left in the query's result.
    Pattern shown = Pattern.compile("\\$labels\\.(\\w+)");
    for (JsonNode rule : rules()) {
      Matcher matcher = shown.matcher(rule.path("annotations").path("summary").asText());
      while (matcher.find()) {
        assertThat(labels(List.of(rule.path("expr").asText()))).contains(matcher.group(1));
      }
    }
  }

  @Test
  void everyAlertRuleIsExplainedAndNoOther() throws IOException {
    List<String> names = rules().stream().map(rule -> rule.path("alert").asText()).toList();
    assertThat(names).doesNotHaveDuplicates();
    List<String> explained =
        Files.readAllLines(README).stream()
            .filter(line -> line.startsWith("| `Stagehound"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();
    assertThat(explained).containsExactlyElementsOf(names);
  }

  @Test
  void thePrometheusRuleHoldsTheAlertRules() throws Exception {
    Process process =
        new ProcessBuilder(
                "sh", DeployFiles.folder().resolve("prometheus/as-prometheus-rule.sh").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    JsonNode rule = DeployFiles.yaml(printed).get(0);
    assertThat(rule.path("kind").asText()).isEqualTo("PrometheusRule");
    assertThat(rule.path("spec")).isEqualTo(DeployFiles.yaml(ALERTS).get(0));
  }

  private static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group : DeployFiles.yaml(ALERTS).get(0).path("groups")) {
      group.path("rules").forEach(rules::add);
    }
    return rules;
  }

  private static List<String> dashboardQueries() throws IOException {
    JsonNode dashboard = DeployFiles.json(DASHBOARD);
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
      }
      panel.path("targets").forEach(target -> queries.add(target.path("expr").asText()));
    }
    for (JsonNode variable : dashboard.path("templating").path("list")) {
      if (variable.path("type").asText().equals("query")) {
        queries.add(variable.path("query").path("query").asText());
      }
    }
    return queries;
  }

  private static Set<String> metrics(List<String> queries) {
    Set<String> metrics = new TreeSet<>();
    for (String query : queries) {
      METRIC.matcher(query).results().forEach(found -> metrics.add(found.group()));
    }
    return metrics;
  }

  private static Set<String> labels(List<String> queries) {
    Set<String> labels = new HashSet<>();
    for (String query : queries) {
      MATCHED.matcher(query).results().forEach(found -> labels.add(found.group(1)));
      GROUPED
          .matcher(query)
          .results()
          .forEach(found -> labels.addAll(List.of(found.group(1).trim().split("\\s*,\\s*", -1))));
    }
    return labels;
  }
}
