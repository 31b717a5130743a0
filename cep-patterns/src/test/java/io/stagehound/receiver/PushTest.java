package io.stagehound.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.CopyDirection;
import io.stagehound.commandline.UncPath;
import io.stagehound.score.Detection;
import io.stagehound.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PushTest {

  private static Step copy(List<UncPath> targets, String... sources) {
    Step step = Steps.copy(5, "WS1.corp.example", sources);
    Detection detection = step.detection();
    CopyCommand command =
        new CopyCommand("xcopy", CopyDirection.TO_UNC, targets, List.of(sources), List.of());
    return new Step(step.name(), detection.withCopy(command, List.of()), step.arrival(), null);
  }

  private static UncPath share(String server, String share) {
    return new UncPath(server, share, null);
  }

  @Test
  void isOneForEachShare() {
    List<Push> pushes =
        Push.of(
            copy(
                List.of(
                    share("FS01.corp.example", "Drop"),
                    share("fs01", "drop"),
                    share("fs01", "C$"),
                    share("10.0.0.5", "drop")),
                "C:\\a.zip"),
            List.of());
    assertThat(pushes)
        .extracting(Push::shareKey)
        .containsExactly("fs01\\drop", "fs01\\c$", "10.0.0.5\\drop");
    assertThat(pushes).extracting(Push::host).containsOnly("ws1");
    assertThat(pushes).extracting(Push::time).containsOnly(5L);
  }

  @Test
  void theHostItselfIsNoServer() {
    List<UncPath> own =
        List.of(
            share("ws1", "c$"),
            share("WS1.corp.example", "c$"),
            share("127.0.0.1", "c$"),
            share("localhost", "c$"));
    assertThat(Push.of(copy(own, "C:\\a.zip"), List.of())).isEmpty();
  }

  @Test
  void namesFilesThatMayArrive() {
    Step copy =
        copy(
            List.of(new UncPath("fs01", "drop", "in\\Renamed.zip")),
            "C:\\Temp\\A.zip",
            "C:\\Temp\\Loot",
            "C:\\Temp\\*.rar",
            "C:\\Temp\\?.7z",
            "C:\\Temp\\.gitignore",
            "D:\\other\\a.zip");
    assertThat(Push.of(copy, List.of("C:\\Temp\\Loot\\Seen.zip")))
        .singleElement()
        .extracting(Push::names)
        .isEqualTo(List.of("seen.zip", "a.zip", "renamed.zip"));
  }

  @Test
  void doesNotNameArchivesThatOtherCopiesTake() {
    assertThat(
            Push.of(
                copy(List.of(share("fs01", "drop")), "C:\\Temp\\b.zip"),
                List.of("C:\\Temp\\a.zip", "C:\\Temp\\b.zip")))
        .singleElement()
        .extracting(Push::names)
        .isEqualTo(List.of("b.zip"));
  }

  @Test
  void isBounded() {
    List<UncPath> targets = IntStream.range(0, 50).mapToObj(i -> share("fs" + i, "drop")).toList();
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sources.add("C:\\" + i + ".zip");
    }
    List<Push> pushes = Push.of(copy(targets, sources.toArray(new String[0])), List.of());
    assertThat(pushes).hasSize(20);
    assertThat(pushes.get(0).names()).hasSize(Push.NAMES_KEPT);
  }

  @Test
  void whatCopiesNothingIsNone() {
    Step archive = Steps.archive(1, "ws1", "C:\\Temp\\a.zip");
    assertThat(Push.of(archive, List.of())).isEmpty();
    assertThat(Objects.requireNonNull(Steps.copy(1, "ws1").detection().copy()).sources()).isEmpty();
  }
}
