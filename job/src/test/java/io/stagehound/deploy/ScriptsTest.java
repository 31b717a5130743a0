package io.stagehound.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell scripts, with stand-ins for the programs of Flink and Kafka that write down calls. */
class ScriptsTest {

  private static final String JOB = "0123456789abcdef0123456789abcdef";

  /** Lists the jobs in {@code jobs}; stops and cancels by emptying it. */
  private static final String FLINK =
      """
      #!/bin/sh
      here=$(dirname -- "$0")/..
      for argument in "$@"; do printf '<%s>' "$argument"; done >>"$here/calls"
      echo >>"$here/calls"
      case $1 in
        list) cat "$here/jobs" ;;
        stop) : >"$here/jobs"; echo 'Savepoint completed. Path: s3://b/savepoints/sp 1' ;;
        cancel) : >"$here/jobs" ;;
      esac
      """;

  private static final String KAFKA_TOPICS =
      """
      #!/bin/sh
      for argument in "$@"; do printf '<%s>' "$argument"; done >>"$(dirname -- "$0")/../calls"
      echo >>"$(dirname -- "$0")/../calls"
      """;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path home;

  @BeforeEach
  void standIns() throws IOException {
    Files.createDirectories(home.resolve("bin"));
    program("flink", FLINK);
    program("kafka-topics.sh", KAFKA_TOPICS);
    Files.writeString(home.resolve("calls"), "");
    Files.writeString(home.resolve("an earlier.jar"), "");
    running();
  }

  private void program(String name, String text) throws IOException {
    Path file = home.resolve("bin").resolve(name);
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Makes these hunts run. */
  private void running(String... names) throws IOException {
    List<String> lines = new ArrayList<>(List.of("Waiting for response...", "---- Running ----"));
    for (int i = 0; i < names.length; i++) {
      lines.add(
          "24.11.2026 17:21:56 : "
              + JOB.substring(0, 31)
              + i
              + " : stagehound watch "
              + names[i]
              + " (RUNNING)");
    }
    Files.write(home.resolve("jobs"), lines);
  }

  private record Ended(int code, String out, String err) {}

  private Ended run(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("sh", DeployFiles.folder().resolve(script).toString()));
    command.addAll(Arrays.asList(arguments));
    File out = home.resolve("out").toFile();
    File err = home.resolve("err").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("FLINK_.*|STAGEHOUND_.*|KAFKA_.*"));
    environment.putAll(
        Map.of(
            "FLINK_HOME",
            home.toString(),
            "KAFKA_HOME",
            home.toString(),
            "STAGEHOUND_JAR",
            home.resolve("an earlier.jar").toString()));
    Process process = builder.start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(script + " does not end");
    }
    return new Ended(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(home.resolve("calls"));
  }

  private String submitted(String options, String name) {
    return "<run><--detached>"
        + options
        + "<"
        + home.resolve("an earlier.jar")
        + "><watch><--name><"
        + name
        + "><--topic-pattern><windows .*>";
  }

  @Test
  void theShellCanReadThem() throws Exception {
    List<Path> scripts = DeployFiles.ending(".sh");
    assertThat(scripts).hasSizeGreaterThan(5);
    for (Path script : scripts) {
      assertSuccess(new ProcessBuilder("sh", "-n", script.toString()));
      if (!script.endsWith("common.sh")) {
        assertThat(Files.isExecutable(script)).as(script.toString()).isTrue();
        assertThat(Files.readAllLines(script)).startsWith("#!/bin/sh").contains("set -eu");
      }
    }
  }

  private static void assertSuccess(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(builder.command() + "\n" + said).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "standalone/start.sh, none",
        "standalone/start.sh, emea",
        "standalone/start.sh, --topic windows",
        "standalone/stop.sh, none",
        "standalone/stop.sh, --drain",
        "standalone/stop.sh, emea apac",
        "standalone/stop.sh, --help",
        "standalone/restore.sh, none",
        "standalone/restore.sh, s3://b/sp emea",
        "standalone/restore.sh, s3://b/sp --topic windows",
        "standalone/roll-back.sh, s3://b/sp emea",
        "kafka/create-topics.sh, none",
        "kafka/create-topics.sh, --help",
        "kafka/create-topics.sh, kafka:9092 /no/such/file",
        "prometheus/as-prometheus-rule.sh, more",
      })
  void wrongUsageDoesNothing(String script, String arguments) throws Exception {
    Ended ended = arguments == null ? run(script) : run(script, arguments.split(" ", -1));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).isNotBlank();
    assertThat(calls()).isEmpty();
  }

  @Test
  void startsAHuntOnce() throws Exception {
    Ended ended = run("standalone/start.sh", "two words", "--topic-pattern", "windows .*");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(calls()).containsExactly("<list><--running>", submitted("", "two words"));

    running("two words");
    ended = run("standalone/start.sh", "two words", "--topic-pattern", "windows .*");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("running already");
    assertThat(calls()).hasSize(3);
  }

  @Test
  void doesNothingWhenTheClusterDoesNotAnswer() throws Exception {
    program("flink", "#!/bin/sh\nexit 1\n");
    Ended ended = run("standalone/start.sh", "emea", "--topic", "windows");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("cannot ask the cluster");
  }

  @Test
  void stopsTheHuntOfThatNameAndNoOther() throws Exception {
    running("emea-test", "emea", "apac emea");
    Ended ended = run("standalone/stop.sh", "emea");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).isEqualTo("s3://b/savepoints/sp 1\n");
    assertThat(calls())
        .containsExactly("<list><--running>", "<stop><" + JOB.substring(0, 31) + "1>");
  }

  @Test
  void drains() throws Exception {
    running("emea");
    assertThat(run("standalone/stop.sh", "--drain", "emea").code()).isZero();
    assertThat(calls()).contains("<stop><--drain><" + JOB.substring(0, 31) + "0>");
  }

  @Test
  void stopsNothingWhenItIsNotClearWhat() throws Exception {
    assertThat(run("standalone/stop.sh", "emea").err()).contains("no hunt emea is running");
    running("emea", "emea");
    Ended ended = run("standalone/stop.sh", "emea");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("several");
    assertThat(calls()).allMatch("<list><--running>"::equals);
  }

  @Test
  void restoresFromASavepoint() throws Exception {
    Ended ended =
        run("standalone/restore.sh", "s3://b/sp 1", "emea", "--topic-pattern", "windows .*");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(calls()).endsWith(submitted("<--fromSavepoint><s3://b/sp 1>", "emea"));
  }

  @Test
  void rollsBackAfterTheHuntHasEnded() throws Exception {
    running("emea");
    Ended ended =
        run("standalone/roll-back.sh", "s3://b/sp 1", "emea", "--topic-pattern", "windows .*");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(calls())
        .containsSubsequence(
            "<cancel><" + JOB.substring(0, 31) + "0>",
            "<list><--running>",
            submitted("<--fromSavepoint><s3://b/sp 1>", "emea"));
  }

  @Test
  void createsTopicsWithOptionsThatKafkaHas() throws Exception {
    Path client = Files.writeString(home.resolve("client properties"), "");
    Ended ended = run("kafka/create-topics.sh", "kafka:9092", client.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    Map<String, String> topics = new HashMap<>();
    Set<String> options = new TreeSet<>();
    for (String call : calls()) {
      assertThat(call)
          .startsWith("<--bootstrap-server><kafka:9092><--create><--if-not-exists><--topic><")
          .endsWith("<--command-config><" + client + ">");
      List<String> arguments = List.of(call.substring(1, call.length() - 1).split("><", -1));
      topics.put(arguments.get(5), call);
      for (int i = 0; i < arguments.size(); i++) {
        if (arguments.get(i).equals("--config")) {
          options.add(arguments.get(i + 1).replaceFirst("=.*", ""));
        }
      }
    }
    assertThat(topics)
        .containsOnlyKeys("stagehound-alerts", "stagehound-detections", "stagehound-dead-letters");
    assertThat(topics.get("stagehound-alerts")).contains("<cleanup.policy=compact>");
    Set<String> known = new TreeSet<>();
    for (Field field : TopicConfig.class.getFields()) {
      known.add(String.valueOf(field.get(null)));
    }
    assertThat(options).hasSizeGreaterThan(3).isSubsetOf(known);
  }
}
