package io.stagehound.topology;

import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import io.stagehound.host.Observation;
import io.stagehound.score.ScoredEvent;
import io.stagehound.step.Arrival;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** What a host's memory is given of events, as scoring gives it. */
final class HostRecords {

  static final String SYSTEM = "C:\\Windows\\System32\\";

  private static final ObservationFormat FORMAT =
      new ObservationFormat(
          TypeInformation.of(Observation.class).createSerializer(new SerializerConfigImpl()));

  private HostRecords() {}

  /** The record as it comes to the memory. */
  static StreamRecord<ObservationBytes> written(StreamRecord<Observation> record) {
    return new StreamRecord<>(FORMAT.write(record.getValue()), record.getTimestamp());
  }

  static StreamRecord<Observation> of(SysmonEvent event) {
    return new StreamRecord<>(
        Observation.of(ScoredEvent.of(event), Arrival.ON_TIME).orElseThrow(), event.time());
  }

  /** A command that Sysmon saw. */
  static StreamRecord<Observation> command(long time, String user, String commandLine) {
    return of(
        event(EventType.PROCESS_CREATE, time, user, image(commandLine), commandLine, null, null));
  }

  /** A command that only Security saw. */
  static StreamRecord<Observation> securityCommand(long time, String commandLine) {
    return of(
        event(
            EventType.SECURITY_PROCESS_CREATE,
            time,
            "CORP\\alice",
            image(commandLine),
            commandLine,
            null,
            null));
  }

  private static String image(String commandLine) {
    return SYSTEM + commandLine.substring(0, commandLine.indexOf(' '));
  }

  /** A process without interest but for what it starts and writes. */
  static StreamRecord<Observation> process(
      long time, String guid, @Nullable String parent, String image) {
    return of(
        event(EventType.PROCESS_CREATE, time, "CORP\\alice", image, "run " + guid, guid, parent));
  }

  /** A file that a process wrote. */
  static StreamRecord<Observation> file(long time, @Nullable String guid, String path) {
    SysmonEvent event =
        new SysmonEvent(
            EventType.FILE_CREATE,
            time,
            TimeSource.UTC_TIME,
            "ws1",
            "CORP\\alice",
            "C:\\x\\tool.exe",
            null,
            null,
            null,
            guid,
            null,
            null,
            null,
            null,
            path,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return of(event);
  }

  private static SysmonEvent event(
      EventType type,
      long time,
      String user,
      String image,
      String commandLine,
      @Nullable String guid,
      @Nullable String parent) {
    return new SysmonEvent(
        type,
        time,
        TimeSource.UTC_TIME,
        "ws1",
        user,
        image,
        commandLine,
        null,
        null,
        guid,
        null,
        null,
        null,
        parent,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
