package io.stagehound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.host.Observation;
import io.stagehound.step.Arrival;
import io.stagehound.step.ProcessStart;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An observation is read as it was written, whatever it tells of. */
class ObservationFormatTest {

  static List<Observation> observations() {
    return List.of(
        HostRecords.process(1, "A", "B", "C:\\Program Files\\größe\\x.exe").getValue(),
        HostRecords.process(1, "A", null, "C:\\\u65e5\u672c\ud83d\ude00.exe").getValue(),
        process(Arrival.LATE, "CORP\\alice", "x"),
        process(Arrival.CLOCK_AHEAD, null, ""),
        process(Arrival.ON_TIME, null, null),
        HostRecords.file(2, "A", "C:\\Temp\\a.zip").getValue(),
        HostRecords.file(2, null, "C:\\Temp\\a.tmp").getValue(),
        HostRecords.command(3, "CORP\\alice", "net.exe use Z: \\\\fs01\\in").getValue(),
        HostRecords.command(4, "CORP\\alice", "xcopy.exe C:\\a \\\\fs01\\in").getValue(),
        HostRecords.securityCommand(5, "xcopy.exe C:\\a \\\\fs01\\in").getValue());
  }

  private static Observation process(
      Arrival arrival, @Nullable String user, @Nullable String commandLine) {
    return new Observation(
        "host",
        Long.MIN_VALUE,
        arrival,
        user,
        null,
        false,
        new ProcessStart("A", null, Long.MAX_VALUE, null, null, commandLine, null, "A"),
        List.of());
  }

  @ParameterizedTest
  @MethodSource("observations")
  void isReadAsItWasWritten(Observation observation) {
    ObservationFormat format =
        new ObservationFormat(
            TypeInformation.of(Observation.class).createSerializer(new SerializerConfigImpl()));
    ObservationBytes written = format.write(observation);
    Observation other = HostRecords.process(9, "Z", "Y", "z").getValue();
    ObservationBytes otherWritten = format.write(other);
    assertThat(written.host()).isEqualTo(observation.host());
    assertThat(format.read(written)).isEqualTo(observation);
    assertThat(format.read(otherWritten)).isEqualTo(other);
  }
}
