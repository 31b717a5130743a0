package io.stagehound.topology;

import static io.stagehound.topology.HostRecords.command;
import static io.stagehound.topology.HostRecords.file;
import static io.stagehound.topology.HostRecords.process;
import static io.stagehound.topology.HostRecords.securityCommand;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.host.BulkRate;
import io.stagehound.host.Observation;
import io.stagehound.pattern.Catalogue;
import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.StepPattern;
import io.stagehound.pattern.StepPattern.Scope;
import io.stagehound.receiver.Push;
import io.stagehound.score.Detection;
import io.stagehound.score.DetectionType;
import io.stagehound.step.ProcessStart;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.step.StepSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host has mapped, started, staged and copied, and what its steps are for it. */
class HostFactsTest {

  private static final Duration WINDOW = Duration.ofHours(2);
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final Timing LIVE =
      new Timing(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofHours(3));
  private static final List<StepPattern> PATTERNS =
      Catalogue.all(WINDOW).stream().filter(pattern -> pattern.scope() == Scope.HOST).toList();

  private static final String ALICE = "CORP\\alice";
  private static final String MAP = "net.exe use Z: \\\\fs01\\drop";
  private static final String COPY_TO_DRIVE = "cmd.exe /c copy C:\\Temp\\a.zip Z:\\";
  private static final String COPY = "xcopy.exe C:\\Temp\\a.zip \\\\fs01\\drop\\";
  private static final String ZIP = "C:\\Temp\\a.zip";

  /** How records come. */
  enum Mode {
    HISTORY,
    LIVE_ON,
    RESTORED;

    @Nullable Timing timing() {
      return this == HISTORY ? null : LIVE;
    }
  }

  /** What came out, in order. */
  private record Out(List<PatternStep> steps, List<Push> pushes, List<Detection> detections) {

    static Out none() {
      return new Out(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void addFrom(
        KeyedOneInputStreamOperatorTestHarness<String, ObservationBytes, PatternStep> harness) {
      for (StepPattern pattern : PATTERNS) {
        steps.addAll(values(harness, HostMemoryOperator.stepsOf(pattern.id())));
      }
      pushes.addAll(values(harness, HostMemoryOperator.PUSHES));
      detections.addAll(values(harness, HostMemoryOperator.DETECTIONS));
    }

    private static <T> List<T> values(
        KeyedOneInputStreamOperatorTestHarness<String, ObservationBytes, PatternStep> harness,
        OutputTag<T> tag) {
      var records = harness.getSideOutput(tag);
      return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    List<Step> completions(String pattern) {
      return steps.stream()
          .filter(step -> step.completing() && step.pattern().equals(pattern))
          .map(PatternStep::step)
          .toList();
    }

    long brought(String pattern, StepName name) {
      return steps.stream()
          .filter(step -> step.pattern().equals(pattern))
          .mapToLong(step -> step.brought().getOrDefault(name, StepSample.empty()).count())
          .sum();
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ObservationBytes, PatternStep>
      harness(@Nullable Timing timing) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, ObservationBytes, PatternStep> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new HostMemoryOperator(PATTERNS, WINDOW, BulkRate.DEFAULT, timing),
            ObservationBytes::host,
            Types.STRING);
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    return harness;
  }

  /** All that comes of these records, after which nothing must be left. */
  private static Out run(Mode mode, List<StreamRecord<Observation>> records) throws Exception {
    Timing timing = mode.timing();
    List<StreamRecord<Observation>> sorted = new ArrayList<>(records);
    sorted.sort(Comparator.comparingLong(StreamRecord::getTimestamp));
    Out out = Out.none();
    var harness = harness(timing);
    try {
      harness.open();
      int taken = 0;
      int restoredEvery = sorted.size() / 10 + 1;
      for (StreamRecord<Observation> record : sorted) {
        harness.processElement(HostRecords.written(record));
        taken++;
        if (timing != null) {
          harness.processWatermark(record.getTimestamp() - timing.outOfOrderness().toMillis());
        }
        if (mode == Mode.RESTORED && taken % restoredEvery == 0) {
          out.addFrom(harness);
          OperatorSubtaskState snapshot = harness.snapshot(0, 0);
          harness.close();
          harness = harness(timing);
          harness.initializeState(snapshot);
          harness.open();
        }
      }
      if (timing != null) {
        long last = sorted.get(sorted.size() - 1).getTimestamp();
        harness.processWatermark(
            last + WINDOW.toMillis() + 2 * timing.lateness().toMillis() + 20 * MINUTE);
      } else {
        harness.processWatermark(Long.MAX_VALUE);
      }
      assertThat(harness.numKeyedStateEntries()).as("nothing is left").isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      out.addFrom(harness);
      return out;
    } finally {
      harness.close();
    }
  }

  private static Step lastCompletion(Out out, String pattern) {
    List<Step> completions = out.completions(pattern);
    return completions.get(completions.size() - 1);
  }

  // ---- drives

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aCopyToAMappedDriveIsACopyToItsShare(Mode mode) throws Exception {
    Out out =
        run(
            mode,
            List.of(
                command(0, ALICE, MAP),
                file(MINUTE, null, ZIP),
                command(2 * MINUTE, ALICE, COPY_TO_DRIVE)));
    assertThat(out.detections)
        .extracting(Detection::type)
        .containsExactly(DetectionType.EXTENDED_REMOTE_COPY);
    Step copy = lastCompletion(out, "archive-then-unc-copy");
    CopyCommand command = Objects.requireNonNull(copy.detection().copy());
    assertThat(command.targets()).extracting(target -> target.server()).containsExactly("fs01");
    assertThat(out.pushes)
        .singleElement()
        .satisfies(
            push -> {
              assertThat(push.shareKey()).isEqualTo("fs01\\drop");
              assertThat(push.host()).isEqualTo("ws1");
              assertThat(push.names()).contains("a.zip");
            });
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aDriveThatAnotherUserMappedOrThatIsGoneDoesNotApply(Mode mode) throws Exception {
    for (List<StreamRecord<Observation>> drives :
        List.of(
            List.of(command(0, "CORP\\bob", MAP)),
            List.of(command(0, ALICE, MAP), command(1, ALICE, "net.exe use Z: /delete")),
            List.of(command(3 * MINUTE, ALICE, MAP)))) {
      List<StreamRecord<Observation>> records = new ArrayList<>(drives);
      records.add(file(MINUTE, null, ZIP));
      records.add(command(2 * MINUTE, ALICE, COPY_TO_DRIVE));
      Out out = run(mode, records);
      assertThat(out.detections).isEmpty();
      assertThat(out.pushes).isEmpty();
      assertThat(out.completions("archive-then-unc-copy")).isEmpty();
    }
  }

  @Test
  void aDriveThatIsToldAfterTheCopyButMappedBeforeItApplies() throws Exception {
    try (var harness = harness(LIVE)) {
      harness.open();
      harness.processElement(HostRecords.written(command(2_000, ALICE, COPY_TO_DRIVE)));
      harness.processElement(HostRecords.written(command(1_000, ALICE, MAP)));
      harness.processWatermark(3_000);
      Out out = Out.none();
      out.addFrom(harness);
      assertThat(out.pushes).hasSize(1);
    }
  }

  @Test
  void drivesAreForgottenAfterTheWindowAndTheLateness() throws Exception {
    long kept = WINDOW.plus(LIVE.lateness()).toMillis();
    Out out = Out.none();
    try (var harness = harness(LIVE)) {
      harness.open();
      harness.processElement(HostRecords.written(command(0, ALICE, MAP)));
      harness.processWatermark(kept - MINUTE);
      harness.processElement(HostRecords.written(command(kept - MINUTE + 1, ALICE, COPY_TO_DRIVE)));
      harness.processWatermark(kept);
      out.addFrom(harness);
      assertThat(out.pushes).as("remembered so long").hasSize(1);
      harness.processWatermark(kept + LIVE.lateness().toMillis() + 20 * MINUTE);
      harness.processElement(HostRecords.written(command(3 * kept, ALICE, COPY_TO_DRIVE)));
      harness.processWatermark(3 * kept);
      Out later = Out.none();
      later.addFrom(harness);
      assertThat(later.pushes).as("and no longer").hasSize(1);
    }
  }

  // ---- processes

  @ParameterizedTest
  @EnumSource(Mode.class)
  void anArchiveCarriesTheStartOfItsProcess(Mode mode) throws Exception {
    Out out =
        run(
            mode,
            List.of(
                process(0, "P0", null, "C:\\Windows\\explorer.exe"),
                process(1, "P1", "P0", "C:\\x\\tool.exe"),
                file(MINUTE, "P1", "C:\\Temp\\1.zip"),
                file(61 * MINUTE, "P1", "C:\\Temp\\2.zip"),
                file(2 * MINUTE, "P9", "C:\\Temp\\3.zip"),
                command(62 * MINUTE, ALICE, COPY)));
    StepSample archives =
        out.steps.stream()
            .filter(step -> step.completing() && step.pattern().equals("archive-then-unc-copy"))
            .map(step -> step.brought().get(StepName.ARCHIVE))
            .findFirst()
            .orElseThrow();
    assertThat(archives.steps())
        .extracting(step -> step.process() == null ? null : commandLine(step.process()))
        .as("of a process seen within an hour")
        .containsExactly("run P1", null, null);
  }

  private static @Nullable String commandLine(ProcessStart process) {
    return process.commandLine();
  }

  @Test
  void ofManyProcessesTheLastAreRemembered() throws Exception {
    List<StreamRecord<Observation>> records = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      records.add(process(i, "P" + i, null, "C:\\x\\tool.exe"));
    }
    int first = 1_000 - HostMemoryOperator.MOST_PROCESSES;
    records.add(file(2_000, "P" + (first - 1), "C:\\Temp\\1.zip"));
    records.add(file(2_001, "P" + first, "C:\\Temp\\2.zip"));
    records.add(file(2_002, "P999", "C:\\Temp\\3.zip"));
    records.add(command(2_003, ALICE, COPY));
    Out out = run(Mode.HISTORY, records);
    assertThat(
            out.steps.stream()
                .filter(PatternStep::completing)
                .map(step -> step.brought().get(StepName.ARCHIVE))
                .filter(Objects::nonNull)
                .flatMap(sample -> sample.steps().stream())
                .map(step -> step.process() != null))
        .containsExactly(false, true, true);
  }

  // ---- bulk

  private static List<StreamRecord<Observation>> files(
      int count, long time, String guid, String folder) {
    List<StreamRecord<Observation>> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(file(time + i, guid, folder + "\\" + guid + i + ".docx"));
    }
    return files;
  }

  private static final String LOOT = "C:\\Temp\\loot";

  @ParameterizedTest
  @EnumSource(Mode.class)
  void filesOfOneProcessTreeInOneFolderAreBulk(Mode mode) throws Exception {
    List<StreamRecord<Observation>> records = new ArrayList<>();
    records.add(process(0, "P0", null, "C:\\Windows\\explorer.exe"));
    records.add(process(1, "P1", "P0", "C:\\x\\cmd.exe"));
    records.add(process(2, "P2", "P1", "C:\\x\\tool.exe"));
    records.add(process(3, "P3", "P1", "C:\\x\\tool.exe"));
    records.addAll(files(25, 1_000, "P2", LOOT));
    records.addAll(files(125, 2_000, "P3", LOOT));
    records.add(file(MINUTE, "P2", LOOT + ".zip"));
    Out out = run(mode, records);
    assertThat(out.completions("bulk-stage-archive")).hasSize(1);
    assertThat(out.brought("bulk-stage-archive", StepName.BULK)).as("said once").isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void filesThatHaveNothingToDoWithEachOtherAreNot(Mode mode) throws Exception {
    List<StreamRecord<Observation>> records = new ArrayList<>();
    records.add(process(0, "P0", null, "C:\\Windows\\explorer.exe"));
    records.add(process(1, "P1", "P0", "C:\\x\\tool.exe"));
    records.add(process(2, "P2", "P0", "C:\\x\\tool.exe"));
    records.addAll(files(25, 1_000, "P1", LOOT));
    records.addAll(files(25, 2_000, "P2", LOOT));
    records.addAll(files(49, 3_000, "P1", "C:\\Temp\\other"));
    records.addAll(files(49, 4_000, "P2", "C:\\Temp\\another"));
    records.add(file(MINUTE, "P2", LOOT + ".zip"));
    assertThat(run(mode, records).completions("bulk-stage-archive")).isEmpty();
  }

  // ---- copies that several logs tell of

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aCopyThatOnlySecurityToldOfIsADetectionAndAStep(Mode mode) throws Exception {
    Out out = run(mode, List.of(file(0, null, ZIP), securityCommand(MINUTE, COPY)));
    assertThat(out.detections).hasSize(1);
    assertThat(out.completions("archive-then-unc-copy")).hasSize(1);
    assertThat(out.pushes).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aCopyThatSysmonToldOfTooIsOne(Mode mode) throws Exception {
    for (long apart : new long[] {-4_000, -1, 0, 1, 4_000}) {
      Out out =
          run(
              mode,
              List.of(
                  file(0, null, ZIP),
                  command(MINUTE, ALICE, COPY),
                  securityCommand(MINUTE + apart, COPY)));
      assertThat(out.detections).as("%d ms apart", apart).isEmpty();
      assertThat(out.brought("archive-then-unc-copy", StepName.COPY)).isEqualTo(1);
      assertThat(out.pushes).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void twoCopiesSixSecondsApartAreTwo(Mode mode) throws Exception {
    Out out =
        run(
            mode,
            List.of(
                file(0, null, ZIP),
                command(MINUTE, ALICE, COPY),
                securityCommand(MINUTE + 10, COPY),
                command(MINUTE + 6_000, ALICE, COPY),
                securityCommand(MINUTE + 6_010, COPY)));
    assertThat(out.brought("archive-then-unc-copy", StepName.COPY)).isEqualTo(2);
    assertThat(out.detections).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void noneIsLostAmongOthersOfTheirTime(Mode mode) throws Exception {
    List<StreamRecord<Observation>> records = new ArrayList<>();
    records.add(file(0, null, ZIP));
    int copies = 60;
    for (int i = 0; i < copies; i++) {
      long time = MINUTE + i * 700L;
      String copy = "xcopy.exe C:\\Temp\\" + i + ".rar \\\\fs01\\drop\\";
      records.add(i % 2 == 0 ? securityCommand(time, copy) : command(time, ALICE, copy));
      records.add(file(time + 1, null, "C:\\Temp\\" + i + ".zip"));
    }
    Out out = run(mode, records);
    assertThat(out.pushes).hasSize(copies);
    assertThat(out.detections).hasSize(copies / 2);
    assertThat(out.brought("archive-then-unc-copy", StepName.COPY)).isEqualTo(copies);
    assertThat(out.brought("archive-then-unc-copy", StepName.ARCHIVE)).isEqualTo(copies);
  }

  @Test
  void historyAndALiveHuntFindTheSame() throws Exception {
    Random random = new Random(3);
    List<StreamRecord<Observation>> records = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      records.add(process(0, "P" + i, null, "C:\\x\\tool.exe"));
    }
    for (int i = 0; i < 120; i++) {
      long time = random.nextInt(240) * 100L;
      String to = random.nextBoolean() ? "Z:\\" : "\\\\fs0" + random.nextInt(3) + "\\drop\\";
      String copy = "cmd.exe /c copy C:\\Temp\\" + random.nextInt(9) + ".zip " + to;
      records.add(
          switch (random.nextInt(6)) {
            case 0 -> file(time, "P" + random.nextInt(9), "C:\\Temp\\" + i + ".zip");
            case 1 -> command(time, ALICE, MAP);
            case 2 -> command(time, ALICE, "net.exe use Z: /delete");
            case 3 -> securityCommand(time, copy);
            case 4 -> process(time, "Q" + i, "P1", "C:\\x\\tool.exe");
            default -> command(time, ALICE, copy);
          });
    }
    Out history = run(Mode.HISTORY, records);
    Out live = run(Mode.LIVE_ON, records);
    Out restored = run(Mode.RESTORED, records);
    assertThat(history.pushes).hasSizeGreaterThan(10);
    for (Out other : List.of(live, restored)) {
      assertThat(other.pushes).containsExactlyInAnyOrderElementsOf(history.pushes);
      assertThat(other.detections).containsExactlyInAnyOrderElementsOf(history.detections);
      assertThat(other.steps).containsExactlyInAnyOrderElementsOf(history.steps);
    }
  }

  // ---- floods

  @Test
  void noFloodTakesMoreRoomThanItsBound() throws Exception {
    for (List<Integer> sizes :
        List.of(
            List.of(sizeAfter(500, this::drive), sizeAfter(10_000, this::drive)),
            List.of(
                sizeAfter(1_000, i -> process(i, "P" + i, null, "C:\\x\\tool.exe")),
                sizeAfter(100_000, i -> process(i, "P" + i, null, "C:\\x\\tool.exe"))),
            List.of(
                sizeAfter(1_000, i -> file(i, "P", "C:\\Temp\\" + i + "\\a.docx")),
                sizeAfter(10_000, i -> file(i, "P", "C:\\Temp\\" + i + "\\a.docx"))))) {
      assertThat(sizes.get(1)).isLessThan(sizes.get(0) * 5 / 4);
    }
  }

  private StreamRecord<Observation> drive(int i) {
    return command(i, ALICE, "cmd.exe /c mklink /d C:\\m\\" + i + " \\\\fs01\\drop" + i);
  }

  private static int sizeAfter(int count, IntFunction<StreamRecord<Observation>> records)
      throws Exception {
    try (var harness = harness(LIVE)) {
      harness.open();
      for (int i = 0; i < count; i++) {
        harness.processElement(HostRecords.written(records.apply(i)));
        if (i % 1_000 == 999) {
          harness.processWatermark(i);
        }
      }
      return (int) harness.snapshot(0, 0).getStateSize();
    }
  }

  @Test
  void theLastDrivesOfAFloodAreKnown() throws Exception {
    List<StreamRecord<Observation>> records = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      records.add(command(i, ALICE, "cmd.exe /c mklink /d C:\\m\\" + i + " \\\\fs01\\drop" + i));
    }
    Stream.of(0, 9_999)
        .forEach(
            i ->
                records.add(
                    command(
                        20_000 + i, ALICE, "cmd.exe /c copy C:\\Temp\\a.zip C:\\m\\" + i + "\\")));
    assertThat(run(Mode.LIVE_ON, records).pushes)
        .extracting(Push::share)
        .containsExactly("drop9999");
  }
}
