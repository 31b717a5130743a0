package io.stagehound.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One event 1 and one event 11, in every shape that a collector gives them. */
class ShapesTest {

  private static final SysmonEvent START =
      new SysmonEvent(
          EventType.PROCESS_CREATE,
          Instant.parse("2026-03-04T05:06:07.089Z").toEpochMilli(),
          TimeSource.UTC_TIME,
          "shape-ws01.corp.example",
          "CORP\\bob",
          "C:\\Windows\\System32\\cmd.exe",
          "cmd.exe /c \"copy C:\\Temp\\a.zip \\\\fs01\\Über$\\ > nul & echo <done>\"",
          "C:\\Temp\\",
          "Cmd.Exe",
          "B571D754-DD53-BDBF-2D0F-000000000300",
          3496L,
          "C:\\Windows\\explorer.exe",
          "C:\\Windows\\Explorer.EXE",
          "B571D754-A2F4-F9F0-090F-000000000300",
          null,
          "0x49732",
          "Medium",
          "MD5=1B4A7355FE2B883AA6A807E135E2C67E,SHA256=A6F6BA7F49BD3AB3FCCC4AEC8495EC1B6BC318DEB1A7071AF1B35870DE47F258,IMPHASH=3D312406C60B458AC1DCB42887F6287C",
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

  private static final SysmonEvent FILE =
      new SysmonEvent(
          EventType.FILE_CREATE,
          Instant.parse("2026-03-04T05:06:08.010Z").toEpochMilli(),
          TimeSource.UTC_TIME,
          "shape-ws01.corp.example",
          "CORP\\bob",
          "C:\\Windows\\System32\\cmd.exe",
          null,
          null,
          null,
          "B571D754-DD53-BDBF-2D0F-000000000300",
          3496L,
          null,
          null,
          null,
          "C:\\Temp\\a.zip",
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

  static Stream<Path> shapes() throws IOException, URISyntaxException {
    URI folder = Objects.requireNonNull(ShapesTest.class.getResource("shapes"), "shapes").toURI();
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(folder))) {
      files = found.sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(30);
    return files.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void theSameEventInAnyShapeIsTheSame(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collected collected = Collected.ofStream(in);
      assertThat(collected.deadLetters).isEmpty();
      assertThat(collected.events).containsExactly(START, FILE);
    }
  }
}
