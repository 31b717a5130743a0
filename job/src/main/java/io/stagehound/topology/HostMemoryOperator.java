package io.stagehound.topology;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.CopyDirection;
import io.stagehound.commandline.CopyFindings;
import io.stagehound.commandline.DriveMapping;
import io.stagehound.commandline.MappedDrives;
import io.stagehound.event.FilePath;
import io.stagehound.event.SysmonEvent;
import io.stagehound.host.BulkRate;
import io.stagehound.host.FolderFill;
import io.stagehound.host.Observation;
import io.stagehound.host.RecentCopies;
import io.stagehound.pattern.PatternStep;
import io.stagehound.pattern.StepPattern;
import io.stagehound.receiver.Push;
import io.stagehound.score.Detection;
import io.stagehound.score.DetectionType;
import io.stagehound.score.StagingFolder;
import io.stagehound.step.Arrival;
import io.stagehound.step.ProcessStart;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import io.stagehound.topology.JobCounters.JobCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Hosts what is remembered of each host: the drives it has mapped, by which its copies are
 * resolved; the processes it has started, by which its files are told by whom; the files it has
 * staged; and the {@link PatternMemories} of the steps that come of it all. Gives out pattern
 * steps, each under {@link #stepsOf its pattern's tag}, and the copies to other machines under
 * {@link #PUSHES}.
 */
final class HostMemoryOperator extends OrderedOperator<Observation, PatternStep>
    implements OneInputStreamOperator<ObservationBytes, PatternStep> {
  private static final long serialVersionUID = 1L;

  /** Copies to the shares of other machines. */
  static final OutputTag<Push> PUSHES = new OutputTag<>("pushes", TypeInformation.of(Push.class));

  /**
   * Copies that are detections only since their drives are mapped, and those that only logs other
   * than Sysmon's tell of.
   */
  static final OutputTag<Detection> DETECTIONS =
      new OutputTag<>("detections", TypeInformation.of(Detection.class));

  /** Once, since finding out a type is slow. */
  private static final TypeInformation<PatternStep> PATTERN_STEP =
      TypeInformation.of(PatternStep.class);

  /** How many processes of a host are remembered. */
  static final int MOST_PROCESSES = 128;

  /** For how many folders and process trees of a host files are counted. */
  static final int MOST_FOLDERS = 64;

  private static final long PROCESSES_KEPT_MILLIS = Duration.ofHours(1).toMillis();

  /** Facts are looked through together, not each at its time. */
  private static final long FACTS_SLICE_MILLIS = Duration.ofMinutes(10).toMillis();

  /** What other processes hang below that have nothing else to do with each other. */
  private static final Set<String> SESSION_PROCESSES =
      Set.of(
          "explorer.exe",
          "services.exe",
          "svchost.exe",
          "winlogon.exe",
          "wininit.exe",
          "userinit.exe",
          "taskhostw.exe",
          "taskeng.exe");

  /** Drives first: what they map counts for the copies of their time. */
  private static final Comparator<Observation> ORDER =
      Comparator.comparingLong(Observation::turn)
          .thenComparing(observation -> observation.drives().isEmpty())
          .thenComparing(observation -> observation.drives().toString())
          .thenComparing(HostMemoryOperator::subject)
          .thenComparing(Observation::toString);

  private final PatternMemories memories;
  private final BulkRate rate;
  private final long drivesKept;

  // Set in initializeState and open, before the first element.
  private transient ValueState<MappedDrives> drives;
  private transient ValueState<RecentCopies> copies;
  private transient ValueState<Long> factsDue;
  private transient RingState<ProcessStart> processes;
  private transient RingState<FolderFill> folders;
  private transient ObservationFormat format;
  private transient Map<StepName, JobCounter> counts;
  private transient Map<DetectionType, JobCounter> detectionCounts;

  /**
   * A memory for these patterns, whose steps have their host in common.
   *
   * @param timing as of {@link OrderedOperator}
   */
  @SuppressWarnings("NullAway.Init")
  HostMemoryOperator(
      List<StepPattern> patterns, Duration window, BulkRate rate, @Nullable Timing timing) {
    super(TypeInformation.of(Observation.class), timing);
    this.memories = new PatternMemories(patterns, timing);
    this.rate = rate;
    this.drivesKept = window.plus(Timing.latenessOf(timing)).toMillis();
  }

  /** Under which tag the steps of a pattern are given out. */
  static OutputTag<PatternStep> stepsOf(String pattern) {
    return new OutputTag<>("steps of " + pattern, PATTERN_STEP);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    memories.open(context, getKeyedStateBackend());
    drives = context.getKeyedStateStore().getState(value("drives", MappedDrives.class));
    copies = context.getKeyedStateStore().getState(value("recent-copies", RecentCopies.class));
    factsDue =
        context.getKeyedStateStore().getState(new ValueStateDescriptor<>("facts-due", Types.LONG));
    processes =
        new RingState<>(
            "processes",
            MOST_PROCESSES,
            TypeInformation.of(ProcessStart.class),
            context.getKeyedStateStore());
    folders =
        new RingState<>(
            "folders",
            MOST_FOLDERS,
            TypeInformation.of(FolderFill.class),
            context.getKeyedStateStore());
  }

  /** What tells most observations of one time apart, and costs little. */
  private static String subject(Observation observation) {
    if (observation.detection() == null) {
      return "";
    }
    SysmonEvent event = observation.detection().event();
    return Objects.requireNonNullElse(
        event.targetFilename(), Objects.requireNonNullElse(event.commandLine(), ""));
  }

  private static <T> ValueStateDescriptor<T> value(String name, Class<T> type) {
    return new ValueStateDescriptor<>(name, TypeInformation.of(type));
  }

  @Override
  public void open() throws Exception {
    super.open();
    format =
        new ObservationFormat(
            getRuntimeContext().createSerializer(TypeInformation.of(Observation.class)));
    counts = new EnumMap<>(StepName.class);
    for (StepName name : StepName.values()) {
      counts.put(name, JobCounters.countSteps(getRuntimeContext(), name));
    }
    detectionCounts = new EnumMap<>(DetectionType.class);
    for (DetectionType type : DetectionType.values()) {
      detectionCounts.put(type, JobCounters.countDetections(getRuntimeContext(), type));
    }
    MetricGroup metrics = JobCounters.group(getRuntimeContext());
    metrics.gauge(JobCounters.OPEN_MATCHES, (Gauge<Long>) this::openMatches);
    metrics.gauge(JobCounters.WATERMARK_LAG, (Gauge<Long>) this::watermarkLag);
  }

  /** -1 as long as event time has not begun. */
  private long watermarkLag() {
    long watermark = currentWatermark();
    return watermark == Long.MIN_VALUE
        ? -1
        : getProcessingTimeService().getCurrentProcessingTime() - watermark;
  }

  @Override
  long timeOf(Observation observation) {
    return observation.turn();
  }

  @Override
  Arrival arrivalOf(Observation observation) {
    return observation.arrival();
  }

  /**
   * Processes and staged files are many, and their order hardly matters: they are taken in as they
   * come, and only what may be a step waits for its turn.
   */
  @Override
  public void processElement(StreamRecord<ObservationBytes> record) throws Exception {
    Observation observation = format.read(record.getValue());
    if (observation.process() != null) {
      remember(observation.process(), record.getTimestamp());
    }
    if (observation.isStagedFile()) {
      if (fills(observation, record.getTimestamp())) {
        await(observation.asBulk(), record.getTimestamp());
      }
    } else if (observation.needsOrder()) {
      await(observation, record.getTimestamp());
    }
  }

  private void remember(ProcessStart started, long timestamp) throws Exception {
    ProcessStart parent = started.parentGuid() == null ? null : processes.get(started.parentGuid());
    processes.put(
        started.guid(),
        parent == null || isOfSession(parent) ? started : started.inTree(parent.tree()));
    forgetAfter(timestamp + PROCESSES_KEPT_MILLIS);
  }

  private static boolean isOfSession(ProcessStart process) {
    return process.image() != null && SESSION_PROCESSES.contains(FilePath.name(process.image()));
  }

  /** Whether this file makes the number of its folder and process tree an unusual one. */
  private boolean fills(Observation observation, long timestamp) throws Exception {
    SysmonEvent event = Objects.requireNonNull(observation.detection()).event();
    String path = event.targetFilename();
    if (path == null) {
      return false;
    }
    ProcessStart writer = writer(event);
    String tree = writer != null ? writer.tree() : String.valueOf(event.processGuid());
    String name = tree + "\n" + StagingFolder.of(path);
    FolderFill before = Objects.requireNonNullElse(folders.get(name), FolderFill.empty());
    FolderFill after = before.plus(path, event.time(), rate);
    folders.put(name, after);
    forgetAfter(timestamp + rate.within().toMillis());
    return after.isReachedAfter(before);
  }

  /** The process that wrote a file; null when its start was not seen, or was long before. */
  private @Nullable ProcessStart writer(SysmonEvent event) throws Exception {
    ProcessStart writer = event.processGuid() == null ? null : processes.get(event.processGuid());
    if (writer == null) {
      return null;
    }
    long age = event.time() - writer.time();
    return age >= 0 && age <= PROCESSES_KEPT_MILLIS ? writer : null;
  }

  private void forgetAfter(long time) throws Exception {
    long slice = (Math.floorDiv(time, FACTS_SLICE_MILLIS) + 1) * FACTS_SLICE_MILLIS + lateness();
    Long due = factsDue.value();
    if (due == null || slice < due) {
      factsDue.update(slice);
      lookAgainAt(slice);
    }
  }

  @Override
  void enter(List<Observation> observations, long at) throws Exception {
    List<Step> steps = new ArrayList<>();
    for (Observation observation : observations.stream().sorted(ORDER).toList()) {
      map(observation, at);
      steps.addAll(steps(observation, at));
    }
    steps.sort(Step.ORDER);
    Set<String> seen = new HashSet<>();
    long next = Long.MAX_VALUE;
    for (Step step : steps) {
      // A step that was recorded twice is one step.
      if (steps.size() == 1 || seen.add(step.identity())) {
        next = Math.min(next, take(step, at));
      }
    }
    lookAgainAt(next);
  }

  private void map(Observation observation, long at) throws Exception {
    if (observation.drives().isEmpty()) {
      return;
    }
    MappedDrives mapped = mappedDrives();
    for (DriveMapping mapping : observation.drives()) {
      mapped = mapped.plus(mapping, observation.user(), Math.min(observation.time(), at));
    }
    if (mapped.isEmpty()) {
      drives.clear();
    } else {
      drives.update(mapped);
      forgetAfter(at + drivesKept);
    }
  }

  private MappedDrives mappedDrives() throws Exception {
    return Objects.requireNonNullElse(drives.value(), MappedDrives.NONE);
  }

  /** The steps that an observation is, its copy resolved by the drives that are mapped. */
  private List<Step> steps(Observation observation, long at) throws Exception {
    Detection detection = observation.detection();
    if (detection == null) {
      return List.of();
    }
    ProcessStart writer = writer(detection.event());
    if (observation.bulk()) {
      return List.of(new Step(StepName.BULK, detection, observation.arrival(), writer));
    }
    Detection resolved = resolved(detection, observation.user());
    boolean secondHand = detection.event().type().isSecondHand();
    boolean toldAlready = resolved.copy() != null && isToldAlready(resolved, resolved.copy(), at);
    boolean toldHere = secondHand ? !toldAlready : isLocal(detection);
    if (toldHere && (resolved.score().sum() > 0 || !Step.rolesOf(resolved).isEmpty())) {
      Objects.requireNonNull(detectionCounts.get(resolved.type())).add(1);
      output.collect(DETECTIONS, new StreamRecord<>(resolved, at));
    }
    if (toldAlready) {
      return List.of();
    }
    boolean file = detection.event().targetFilename() != null;
    return Step.of(resolved, observation.arrival(), file ? writer : null);
  }

  private static boolean isLocal(Detection detection) {
    return detection.copy() != null && detection.copy().direction() == CopyDirection.LOCAL;
  }

  private Detection resolved(Detection detection, @Nullable String user) throws Exception {
    CopyCommand copy = detection.copy();
    MappedDrives mapped =
        copy == null
            ? MappedDrives.NONE
            : mappedDrives().withoutBefore(detection.event().time() - drivesKept);
    if (copy == null || mapped.isEmpty()) {
      return detection;
    }
    CopyCommand resolved =
        copy.resolved(
            path ->
                Objects.requireNonNullElse(
                    mapped.place(path, user, detection.event().time()), path));
    return resolved.equals(copy)
        ? detection
        : detection.withCopy(
            resolved,
            CopyFindings.ofResolved(
                resolved,
                Objects.requireNonNullElse(detection.event().commandLine(), copy.tool()),
                detection.event().hostKey()));
  }

  /** Whether another log has told of this copy. */
  private boolean isToldAlready(Detection detection, CopyCommand copy, long at) throws Exception {
    if (copy.direction() == CopyDirection.LOCAL) {
      return false;
    }
    RecentCopies recent = Objects.requireNonNullElse(copies.value(), RecentCopies.none());
    if (recent.has(detection, copy)) {
      return true;
    }
    copies.update(recent.plus(detection, copy));
    forgetAfter(at);
    return false;
  }

  private long take(Step step, long at) throws Exception {
    Objects.requireNonNull(counts.get(step.name())).add(1);
    List<String> taken = new ArrayList<>();
    long next =
        memories.take(
            step,
            at,
            key(),
            patternStep -> {
              taken.addAll(patternStep.taken());
              emit(patternStep);
            });
    if (step.name() == StepName.COPY) {
      for (Push push : Push.of(step, taken)) {
        output.collect(PUSHES, new StreamRecord<>(push, at));
      }
    }
    return next;
  }

  /** How many openings of all hosts CEP holds. */
  long openMatches() {
    return memories.openMatches();
  }

  private void emit(PatternStep step) {
    output.collect(stepsOf(step.pattern()), new StreamRecord<>(step, step.at()));
  }

  @Override
  void lookAgain(long now) throws Exception {
    lookAgainAt(memories.lookAgain(now, key(), this::emit));
    Long due = factsDue.value();
    if (due != null && due <= now) {
      factsDue.clear();
      forgetFacts(now - lateness());
    }
  }

  private void forgetFacts(long now) throws Exception {
    // A clock that is ahead must not keep anything for longer either.
    boolean anyProcess =
        processes.removeIf(process -> Math.abs(process.time() - now) > PROCESSES_KEPT_MILLIS);
    long within = rate.within().toMillis();
    boolean anyFolder =
        folders.removeIf(
            folder -> Math.abs(folder.times().get(folder.times().size() - 1) - now) > within);
    MappedDrives mapped = mappedDrives().withoutBefore(now - drivesKept);
    if (mapped.isEmpty()) {
      drives.clear();
    } else {
      drives.update(mapped);
    }
    RecentCopies recent =
        Objects.requireNonNullElse(copies.value(), RecentCopies.none()).after(now);
    if (recent.isEmpty()) {
      copies.clear();
    } else {
      copies.update(recent);
    }
    if (anyProcess || anyFolder || !mapped.isEmpty() || !recent.isEmpty()) {
      forgetAfter(now);
    }
  }
}
