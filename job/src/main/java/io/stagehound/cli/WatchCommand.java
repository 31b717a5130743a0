package io.stagehound.cli;

import io.stagehound.file.FileEnds;
import io.stagehound.file.HistoryEnd;
import io.stagehound.file.Locations;
import io.stagehound.file.TelemetryFiles;
import io.stagehound.file.WrongPathException;
import io.stagehound.kafka.Delivery;
import io.stagehound.kafka.KafkaEnds;
import io.stagehound.kafka.KafkaTopics;
import io.stagehound.kafka.Position;
import io.stagehound.kafka.TopicCheck;
import io.stagehound.pattern.StepPattern;
import io.stagehound.topology.Ends;
import io.stagehound.topology.StagehoundGraph;
import io.stagehound.topology.Timing;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Hunts in topics of Kafka, as telemetry comes. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Hunts in Kafka topics of Windows telemetry as it comes, and writes what it finds into topics:"
          + " alerts keyed by alert_id, for a compacted topic; detections keyed by host; dead"
          + " letters.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stagehound watch --bootstrap-servers kafka:9092 --topic sysmon",
      "  stagehound watch --kafka-properties client.properties --topic-pattern 'windows-.*' \\",
      "      --name emea --delivery exactly-once",
      "  stagehound watch --bootstrap-servers kafka:9092 --topic sysmon \\",
      "      --from 2026-03-01 --until latest --name march"
    })
final class WatchCommand implements Callable<Integer> {

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
  private static final Duration SHORTEST_IDLE_TIMEOUT = Duration.ofMillis(100);
  private static final Duration SHORTEST_CHECKPOINT_INTERVAL = Duration.ofMillis(100);
  private static final Duration LONGEST_LATENESS = Duration.ofDays(365);

  private static final String DEFAULT_NAME = "stagehound";

  @Spec private CommandSpec spec;

  @Mixin private KafkaClientOptions kafkaClient;

  @ArgGroup(multiplicity = "1")
  private Telemetry telemetry;

  /** Which topics to read. */
  static final class Telemetry {
    @Option(
        names = "--topic",
        paramLabel = "NAME",
        split = ",",
        description = "The topics to read; may be given several times.")
    private List<String> topics;

    @Option(
        names = "--topic-pattern",
        paramLabel = "REGEX",
        description = "Read every topic whose whole name matches, new ones too.")
    private @Nullable String pattern;

    @SuppressWarnings("NullAway.Init")
    Telemetry() {}
  }

  @Option(
      names = "--alerts-topic",
      paramLabel = "NAME",
      defaultValue = KafkaTopics.DEFAULT_ALERTS,
      description = "Where alerts go. Default: ${DEFAULT-VALUE}")
  private String alertsTopic;

  @Option(
      names = "--detections-topic",
      paramLabel = "NAME",
      defaultValue = KafkaTopics.DEFAULT_DETECTIONS,
      description = "Where detections go. Default: ${DEFAULT-VALUE}")
  private String detectionsTopic;

  @Option(
      names = "--dead-letters-topic",
      paramLabel = "NAME",
      defaultValue = KafkaTopics.DEFAULT_DEAD_LETTERS,
      description = "Where records go that could not be used. Default: ${DEFAULT-VALUE}")
  private String deadLettersTopic;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      converter = PositionConverter.class,
      description =
          "Where to start without a savepoint: earliest, latest, committed (where the hunt of this"
              + " name has come to, else earliest), or a time like 2026-03-01T06:00:00Z."
              + " Default: committed; with --until, earliest")
  private @Nullable Position from;

  @Option(
      names = "--history",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Files, folders and globs, as for hunt, to read before the topics; these are then read"
              + " from where the history ends, unless --from says otherwise.")
  private List<String> history = List.of();

  @Option(
      names = "--until",
      paramLabel = "PLACE",
      converter = PositionConverter.class,
      description =
          "Where to end: latest (what is there when the hunt starts) or a time. The hunt then reads"
              + " what is between as history, writes each alert once and ends.")
  private @Nullable Position until;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The hunt's name: its job, its consumer group, and what its transactions begin with."
              + " Of no other hunt, and the same at every start. Default: "
              + DEFAULT_NAME)
  private @Nullable String name;

  @Option(
      names = "--delivery",
      paramLabel = "HOW",
      defaultValue = "at-least-once",
      converter = DeliveryConverter.class,
      description =
          "at-least-once: alerts leave at once, and some lines twice after a failure."
              + " exactly-once: readers of committed records see each line once, at the next"
              + " checkpoint. Default: ${DEFAULT-VALUE}")
  private Delivery delivery;

  @Mixin private PatternOptions patternOptions;

  @Option(
      names = "--out-of-orderness",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description =
          "How long to wait for events that are out of order; what comes later is correlated as"
              + " late. Default: ${DEFAULT-VALUE}")
  private Duration outOfOrderness;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description =
          "How long a partition may bring no event before the others go on without it."
              + " Default: ${DEFAULT-VALUE}")
  private Duration idleTimeout;

  @Option(
      names = "--lateness",
      paramLabel = "TIME",
      defaultValue = "7d",
      converter = DurationConverter.class,
      description =
          "How late a step may come and still be correlated with what was seen before."
              + " Default: ${DEFAULT-VALUE}")
  private Duration lateness;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How often the hunt saves where it is; exactly-once, also how long an alert waits."
              + " Default: what Flink's configuration says, else 30s")
  private @Nullable Duration checkpointInterval;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      converter = ParallelismConverter.class,
      description =
          "How many readers work at once. Default: one for each processor, or the cluster's")
  private @Nullable Integer parallelism;

  @SuppressWarnings("NullAway.Init")
  WatchCommand() {}

  @Override
  public Integer call() throws Exception {
    Properties client = kafkaClient.properties();
    List<StepPattern> patterns = patternOptions.patterns();
    KafkaTopics topics = topics();
    KafkaEnds kafka = new KafkaEnds(name(), topics, client, delivery);
    Timing timing = new Timing(outOfOrderness, idleTimeout, lateness);
    checkOptions(client, topics);
    checkTopics(client, topics);
    Ends ends = ends(kafka, timing);
    Scratch scratch = Scratch.create();
    try (scratch) {
      StreamExecutionEnvironment env =
          EmbeddedFlink.orCluster(parallelism, Integer.MAX_VALUE, scratch.folder().toString());
      if (until == null) {
        LiveDefaults.apply(env, checkpointInterval, scratch.folder());
      } else {
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
      }
      StagehoundGraph.build(env, ends, patterns, timing);
      run(env, topics);
    }
    return 0;
  }

  /** A job would try for ever; its user wants to know now. */
  private void checkTopics(Properties client, KafkaTopics topics) throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    List<String> all = new ArrayList<>(topics.telemetry());
    all.addAll(List.of(topics.alerts(), topics.detections(), topics.deadLetters()));
    List<String> missing;
    try {
      missing = TopicCheck.missing(client, all);
    } catch (TopicCheck.UnreachableException e) {
      String problem =
          "Kafka cannot be asked for its topics at "
              + client.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
              + ": "
              + e.getMessage();
      if (Main.embedded()) {
        throw new IOException(problem, e);
      }
      // The cluster may reach what this machine does not.
      err.println("stagehound: " + Terminal.safe(problem));
      return;
    }
    for (String topic : missing) {
      if (topics.telemetry().contains(topic)) {
        throw new IOException("there is no topic " + topic + " to read");
      }
      err.println(
          "stagehound: there is no topic "
              + Terminal.safe(topic)
              + " to write to: create it, unless Kafka creates topics by itself");
    }
  }

  private void checkOptions(Properties client, KafkaTopics topics) {
    List<String> outputs = List.of(topics.alerts(), topics.detections(), topics.deadLetters());
    for (String output : outputs) {
      if (!TOPIC.matcher(output).matches()) {
        throw wrongUsage("'" + output + "' is no topic's name: letters, digits, '.', '_' and '-'");
      }
      boolean read =
          topics.telemetry().contains(output)
              || (topics.telemetryPattern() != null
                  && topics.telemetryPattern().matcher(output).matches());
      if (read) {
        throw wrongUsage("the hunt would read what it writes into " + output);
      }
    }
    if (Set.copyOf(outputs).size() < outputs.size()) {
      throw wrongUsage("alerts, detections and dead letters each need a topic of their own");
    }
    atLeast("--idle-timeout", idleTimeout, SHORTEST_IDLE_TIMEOUT);
    if (lateness.compareTo(LONGEST_LATENESS) > 0) {
      throw wrongUsage("--lateness " + lateness.toDays() + "d: give 365d or less");
    }
    if (checkpointInterval != null) {
      atLeast("--checkpoint-interval", checkpointInterval, SHORTEST_CHECKPOINT_INTERVAL);
      Duration timeout = KafkaEnds.transactionTimeout(client);
      if (delivery == Delivery.EXACTLY_ONCE && checkpointInterval.compareTo(timeout) >= 0) {
        throw wrongUsage(
            "--checkpoint-interval must be shorter than Kafka keeps a transaction open, "
                + timeout.toMinutes()
                + "min");
      }
    }
    if (until != null) {
      checkUntil(until);
    }
  }

  private void checkUntil(Position end) {
    boolean future = end.time() != null && end.time().isAfter(Instant.now());
    if (future || (end.kind() != Position.Kind.LATEST && end.kind() != Position.Kind.TIME)) {
      throw wrongUsage("--until ends in the past: give latest or a time that is over");
    }
    if (!history.isEmpty()) {
      throw wrongUsage("--history and --until: hunt reads history that ends");
    }
    if (delivery == Delivery.EXACTLY_ONCE) {
      throw wrongUsage(
          "--until writes at least once: all of it would be one transaction, which Kafka ends");
    }
  }

  private void atLeast(String option, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw wrongUsage(
          option + " " + value.toMillis() + "ms: give " + least.toMillis() + "ms or more");
    }
  }

  private Ends ends(KafkaEnds kafka, Timing timing) throws IOException {
    if (until != null) {
      Position beginning = new Position(Position.Kind.EARLIEST, null);
      return kafka.bounded(from == null ? beginning : from, until);
    }
    Position start = from == null ? new Position(Position.Kind.COMMITTED, null) : from;
    if (history.isEmpty()) {
      return kafka.live(start, timing);
    }
    EmbeddedFlink.loadFileSystems();
    List<org.apache.flink.core.fs.Path> files;
    try {
      files = TelemetryFiles.find(history, Locations.folder(".hunting")).files();
    } catch (WrongPathException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
    if (from == null) {
      start = HistoryEnd.of(files).map(Position::at).orElse(start);
      spec.commandLine().getErr().println("History is followed by the topics from " + start.text());
    }
    return kafka.afterHistory(FileEnds.source(files), start, timing);
  }

  private void run(StreamExecutionEnvironment env, KafkaTopics topics) throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    JobClient job = env.executeAsync("stagehound watch " + name());
    err.println(
        Terminal.safe(
            "Watching "
                + (topics.telemetryPattern() == null
                    ? String.join(", ", topics.telemetry())
                    : "topics like " + topics.telemetryPattern())
                + " as "
                + name()
                + ", job "
                + job.getJobID()
                + "; alerts go to "
                + topics.alerts()));
    if (Main.embedded() || until != null) {
      job.getJobExecutionResult().get();
    }
  }

  private String name() {
    if (name != null) {
      if (!TOPIC.matcher(name).matches()) {
        throw wrongUsage("--name '" + name + "': letters, digits, '.', '_' and '-'");
      }
      return name;
    }
    if (delivery == Delivery.EXACTLY_ONCE) {
      throw wrongUsage(
          "--delivery exactly-once needs --name: the transactions of two hunts of one name would"
              + " end each other");
    }
    return DEFAULT_NAME;
  }

  private KafkaTopics topics() {
    return new KafkaTopics(
        telemetry.topics == null ? List.of() : telemetry.topics,
        telemetry.pattern == null ? null : pattern(telemetry.pattern),
        alertsTopic,
        detectionsTopic,
        deadLettersTopic);
  }

  private Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw wrongUsage("--topic-pattern " + regex + ": " + e.getDescription());
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
