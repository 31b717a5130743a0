package io.stagehound.topology;

import io.stagehound.host.Observation;
import io.stagehound.step.Arrival;
import io.stagehound.step.ProcessStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Observations as bytes. Most tell of nothing but a process that was started; these have a form of
 * their own, which is a fifth of the work. Never stored: what waits in state is an {@link
 * Observation}. Not thread-safe.
 */
final class ObservationFormat {

  private static final int PROCESS = 1;
  private static final int ANY = 0;

  /** In place of the length of a text that is not there. */
  private static final int NONE = -1;

  private static final List<Arrival> ARRIVALS = List.of(Arrival.values());

  private final TypeSerializer<Observation> any;
  private final DataOutputSerializer out = new DataOutputSerializer(512);
  private final DataInputDeserializer in = new DataInputDeserializer();

  /**
   * A format.
   *
   * @param any writes whatever has no form of its own
   */
  ObservationFormat(TypeSerializer<Observation> any) {
    this.any = any;
  }

  ObservationBytes write(Observation observation) {
    out.clear();
    try {
      ProcessStart process = observation.process();
      if (process != null && observation.detection() == null && observation.drives().isEmpty()) {
        out.writeByte(PROCESS);
        write(observation, process);
      } else {
        out.writeByte(ANY);
        any.serialize(observation, out);
      }
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be written", e);
    }
    return new ObservationBytes(observation.host(), out.getCopyOfBuffer());
  }

  Observation read(ObservationBytes observation) {
    in.setBuffer(observation.bytes());
    try {
      return in.readByte() == PROCESS ? readProcess(observation.host()) : any.deserialize(in);
    } catch (IOException e) {
      throw new IllegalStateException("an observation is not as it was written", e);
    }
  }

  private void write(Observation observation, ProcessStart process) throws IOException {
    out.writeLong(observation.time());
    out.writeByte(ARRIVALS.indexOf(observation.arrival()));
    write(observation.user());
    write(process.guid());
    write(process.parentGuid());
    out.writeLong(process.time());
    write(process.image());
    write(process.originalFileName());
    write(process.commandLine());
    write(process.parentImage());
    write(process.tree());
  }

  private Observation readProcess(String host) throws IOException {
    long time = in.readLong();
    Arrival arrival = ARRIVALS.get(in.readByte());
    String user = readText();
    ProcessStart process =
        new ProcessStart(
            Objects.requireNonNull(readText()),
            readText(),
            in.readLong(),
            readText(),
            readText(),
            readText(),
            readText(),
            Objects.requireNonNull(readText()));
    return new Observation(host, time, arrival, user, null, false, process, List.of());
  }

  private void write(@Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(NONE);
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private @Nullable String readText() throws IOException {
    int length = in.readInt();
    if (length == NONE) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
