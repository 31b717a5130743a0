package io.stagehound.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The same hunt as a good engineer would first write it for Flink: lines of text, Jackson's tree,
 * the published regular expressions, and an archive that is followed by a copy.
 */
public final class PlainJob {

  static final String COUNTS_FILE = "counts.json";
  static final String MATCHES = "matches";

  private static final Duration WINDOW = Duration.ofHours(24);
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlainJob() {}

  /** Hunts; the arguments are the folder of results, and the files to read. */
  public static void main(String[] args) throws Exception {
    java.nio.file.Path results = java.nio.file.Path.of(args[0]);
    Path[] files =
        List.of(args).subList(1, args.length).stream().map(Path::new).toArray(Path[]::new);

    int processors = Runtime.getRuntime().availableProcessors();
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, processors);
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, processors);
    configuration.set(CoreOptions.TMP_DIRS, results.resolve("tmp").toString());
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(processors, configuration);
    env.setRuntimeMode(RuntimeExecutionMode.BATCH);

    DataStream<Detection> detections =
        env.fromSource(
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), files).build(),
                WatermarkStrategy.noWatermarks(),
                "lines")
            .flatMap(new Score())
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Detection>forMonotonousTimestamps()
                    .withTimestampAssigner((detection, before) -> detection.time));

    detections
        .map(new ToLine())
        .sinkTo(
            FileSink.forRowFormat(
                    new Path(results.resolve("detections").toUri()),
                    new SimpleStringEncoder<String>())
                .build());

    CEP.pattern(
            detections.keyBy(detection -> detection.host),
            org.apache.flink.cep.pattern.Pattern.<Detection>begin("archive")
                .where(SimpleCondition.of(Detection::isArchiveInStagingDir))
                .followedBy("copy")
                .where(SimpleCondition.of(Detection::isCopyToUnc))
                .within(WINDOW))
        .process(new ToSize())
        .map(new CountMatches())
        .sinkTo(new DiscardingSink<>());

    JobExecutionResult result = env.execute("plain");
    Map<String, Object> counts = new TreeMap<>(result.getAllAccumulatorResults());
    Files.writeString(results.resolve(COUNTS_FILE), JSON.writeValueAsString(counts));
  }

  /** An event with a score of at least 1. */
  public static final class Detection {
    public long time;
    public String host = "";
    public String type = "";
    public int score;
    public boolean stagingPath;
    public boolean archiveFile;
    public boolean remoteCopyTool;
    public boolean uncTarget;
    public boolean psCopy;
    public @Nullable String user;
    public @Nullable String image;
    public @Nullable String commandLine;
    public @Nullable String targetFilename;
    public @Nullable String parentImage;
    public @Nullable String parentCommandLine;

    private static boolean isArchiveInStagingDir(Detection detection) {
      return detection.type.equals("ArchiveInStagingDir");
    }

    private static boolean isCopyToUnc(Detection detection) {
      return detection.type.equals("RemoteCopyToolToUNC")
          || detection.type.equals("PSCmdRemoteCopy");
    }
  }

  private static final class Score extends RichFlatMapFunction<String, Detection> {

    private static final Pattern STAGING_PATH =
        Pattern.compile(
            "\\\\(temp|tmp|public|programdata|inetpub\\\\wwwroot|wwwroot"
                + "|appdata\\\\local\\\\temp|users\\\\public)\\\\",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ARCHIVE_FILE =
        Pattern.compile("\\.(zip|rar|7z|tar|gz|cab|iso|bz2)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern REMOTE_COPY_TOOL =
        Pattern.compile("(xcopy|robocopy)\\.exe", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNC_TARGET = Pattern.compile("\\\\\\\\[A-Za-z0-9]");
    private static final Pattern SHELL =
        Pattern.compile("(powershell|pwsh|cmd)\\.exe", Pattern.CASE_INSENSITIVE);
    private static final Pattern COPY_COMMAND =
        Pattern.compile(
            "copy-item|move-item|xcopy|robocopy|copy\\s|move\\s", Pattern.CASE_INSENSITIVE);

    @Override
    public void flatMap(String line, Collector<Detection> out) throws JsonProcessingException {
      JsonNode event = JSON.readTree(line);
      int id = event.path("EventID").asInt();
      if ((id != 1 && id != 11)
          || !event.path("SourceName").asText().equals("Microsoft-Windows-Sysmon")) {
        return;
      }
      String image = text(event, "Image");
      String commandLine = text(event, "CommandLine");
      String targetFilename = text(event, "TargetFilename");
      Detection detection = new Detection();
      detection.stagingPath = find(STAGING_PATH, targetFilename != null ? targetFilename : image);
      detection.archiveFile = find(ARCHIVE_FILE, targetFilename);
      detection.remoteCopyTool = id == 1 && find(REMOTE_COPY_TOOL, image);
      detection.uncTarget = id == 1 && find(UNC_TARGET, commandLine);
      detection.psCopy =
          detection.uncTarget && find(SHELL, image) && find(COPY_COMMAND, commandLine);
      detection.score =
          bit(detection.stagingPath)
              + bit(detection.archiveFile)
              + bit(detection.remoteCopyTool)
              + bit(detection.uncTarget)
              + bit(detection.psCopy);
      if (detection.score == 0) {
        return;
      }
      detection.type = type(detection);
      detection.time =
          LocalDateTime.parse(event.path("UtcTime").asText(), UTC_TIME)
              .toInstant(ZoneOffset.UTC)
              .toEpochMilli();
      detection.host = event.path("Hostname").asText().toLowerCase(Locale.ROOT);
      detection.user = text(event, "User");
      detection.image = image;
      detection.commandLine = commandLine;
      detection.targetFilename = targetFilename;
      detection.parentImage = text(event, "ParentImage");
      detection.parentCommandLine = text(event, "ParentCommandLine");
      getRuntimeContext().getLongCounter(detection.type).add(1);
      out.collect(detection);
    }

    private static String type(Detection detection) {
      if (detection.archiveFile && detection.stagingPath) {
        return "ArchiveInStagingDir";
      }
      if (detection.remoteCopyTool && detection.uncTarget) {
        return "RemoteCopyToolToUNC";
      }
      if (detection.psCopy) {
        return "PSCmdRemoteCopy";
      }
      if (detection.archiveFile) {
        return "ArchiveFileCreated";
      }
      return detection.stagingPath ? "FileInStagingDir" : "OtherStagingIndicator";
    }

    private static @Nullable String text(JsonNode event, String field) {
      return event.path(field).textValue();
    }

    private static boolean find(Pattern pattern, @Nullable String text) {
      return text != null && pattern.matcher(text).find();
    }

    private static int bit(boolean set) {
      return set ? 1 : 0;
    }
  }

  /** Makes of a detection the line of its row. */
  private static final class ToLine implements MapFunction<Detection, String> {

    @Override
    public String map(Detection detection) throws JsonProcessingException {
      return JSON.writeValueAsString(detection);
    }
  }

  /** Makes of a match the number of its events, since CEP's functions cannot count themselves. */
  private static final class ToSize extends PatternProcessFunction<Detection, Integer> {

    @Override
    public void processMatch(
        Map<String, List<Detection>> match, Context context, Collector<Integer> out) {
      out.collect(match.values().stream().mapToInt(List::size).sum());
    }
  }

  private static final class CountMatches extends RichMapFunction<Integer, Integer> {

    @Override
    public Integer map(Integer size) {
      getRuntimeContext().getLongCounter(MATCHES).add(1);
      return size;
    }
  }
}
