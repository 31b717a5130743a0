package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagehound.deploy.DeployFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every option that {@code deploy/} gives Stagehound is one of the command's. */
class DeployedFlagsTest {

  private static final Set<String> COMMANDS = Set.of("watch", "hunt", "explain");

  private static final Pattern FLAG =
      Pattern.compile("(?<![\\w-])--[a-zA-Z][\\w-]*(?:\\.[\\w-]+)*");

  /** The command and what follows it, in a line of shell or of prose. */
  private static final Pattern CALL =
      Pattern.compile("(?:\\bstagehound(?:\\.jar)?|\\$jar)\"? (watch|hunt|explain)\\b([^|`;#)]*)");

  /** The scripts that start a live hunt, and the options that they pass on. */
  private static final Pattern SCRIPT =
      Pattern.compile(
          "\\b(?:start\\.sh \\S+|(?:restore|roll-back)\\.sh (?:\"[^\"]*\"|\\S+) \\S+)"
              + "( --[^|`;#)]*)");

  /** Options of other programs, by program. */
  private static final Map<String, Set<String>> OF_OTHERS =
      Map.of(
          "kafka-topics.sh, kafka-console-*.sh, kafka-broker-api-versions.sh",
          Set.of(
              "--bootstrap-server",
              "--create",
              "--if-not-exists",
              "--topic",
              "--partitions",
              "--replication-factor",
              "--config",
              "--command-config",
              "--from-beginning"),
          "flink list, run, stop",
          Set.of(
              "--running", "--detached", "--fromSavepoint", "--allowNonRestoredState", "--drain"),
          "standalone-job.sh",
          Set.of("--job-classname"),
          "docker",
          Set.of("--build", "--rm", "--profile", "--chown"),
          "kubectl",
          Set.of("--from-file", "--type", "--patch"),
          "prometheus",
          Set.of("--config.file"));

  private static CommandLine stagehound() {
    return new CommandLine(new StagehoundCommand());
  }

  private static Set<String> options(String command) {
    CommandLine sub = Objects.requireNonNull(stagehound().getSubcommands().get(command), command);
    return sub.getCommandSpec().optionsMap().keySet();
  }

  @Test
  void argumentsInManifestsAreUnderstood() throws IOException {
    List<List<String>> calls = new ArrayList<>();
    for (Path file : DeployFiles.ending(".yaml")) {
      for (JsonNode document : DeployFiles.yaml(file)) {
        collectCalls(document, calls);
      }
    }
    // The live hunt, the backfill, and the hunt of the compose file.
    assertThat(calls).hasSize(3);
    for (List<String> call : calls) {
      CommandLine.ParseResult parsed = stagehound().parseArgs(call.toArray(String[]::new));
      assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(call.get(0));
    }
  }

  /** Lists with a command of Stagehound among the items, from there on. */
  private static void collectCalls(JsonNode node, List<List<String>> calls) {
    if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(item.asText()));
      items.stream()
          .filter(COMMANDS::contains)
          .findFirst()
          .ifPresent(command -> calls.add(items.subList(items.indexOf(command), items.size())));
    }
    node.forEach(child -> collectCalls(child, calls));
  }

  @Test
  void optionsInScriptsAndProseAreOfTheirCommand() throws IOException {
    int calls = 0;
    for (Path file : DeployFiles.all()) {
      for (String line : logicalLines(file)) {
        for (MatchResult call : CALL.matcher(line).results().toList()) {
          calls++;
          assertThat(options(call.group(1)))
              .as("%s: %s", file, line)
              .containsAll(flags(call.group(2)));
        }
        for (MatchResult script : SCRIPT.matcher(line).results().toList()) {
          calls++;
          assertThat(options("watch")).as("%s: %s", file, line).containsAll(flags(script.group(1)));
        }
      }
    }
    assertThat(calls).isGreaterThan(3);
  }

  @Test
  void everyOptionIsStagehoundsOrKnownToBeOfAnother() throws IOException {
    Set<String> known = new HashSet<>();
    stagehound().getSubcommands().keySet().forEach(command -> known.addAll(options(command)));
    OF_OTHERS.values().forEach(known::addAll);
    Set<String> used = new TreeSet<>();
    for (Path file : DeployFiles.all()) {
      Set<String> here = flags(Files.readString(file));
      assertThat(known).as(file.toString()).containsAll(here);
      used.addAll(here);
    }
    assertThat(used)
        .as("the list of options of other programs has none that is not used")
        .containsAll(OF_OTHERS.values().stream().flatMap(Set::stream).toList());
  }

  private static List<String> logicalLines(Path file) throws IOException {
    String text = Files.readString(file).replaceAll("\\\\\n\\s*", "");
    return Stream.of(text.split("\n", -1)).toList();
  }

  private static Set<String> flags(String text) {
    Set<String> flags = new TreeSet<>();
    FLAG.matcher(text).results().forEach(found -> flags.add(found.group()));
    return flags;
  }
}
