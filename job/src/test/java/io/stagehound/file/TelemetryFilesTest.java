package io.stagehound.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryFilesTest {

  @TempDir private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    for (String name :
        List.of(
            "logs/a.ndjson",
            "logs/b.json.gz",
            "logs/deep/er/c.xml",
            "logs/_underscore.json",
            "logs/._a.ndjson",
            "logs/.hidden/d.json",
            "logs/README.md",
            "logs/case.yaml",
            "out/detections.ndjson",
            "explicit.md")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "12345");
    }
  }

  private TelemetryFiles find(String... paths) throws IOException {
    return TelemetryFiles.find(
        List.of(paths).stream().map(path -> folder + "/" + path).toList(),
        Locations.ofLocal(folder.resolve("out")));
  }

  private List<String> names(List<org.apache.flink.core.fs.Path> files) {
    return below(files.stream().map(Locations::text).toList());
  }

  private List<String> below(List<String> files) {
    return files.stream().map(file -> folder.relativize(Path.of(file)).toString()).toList();
  }

  @Test
  void aFolderIsReadToTheBottomWithoutWhatIsNoTelemetryByItsName() throws IOException {
    TelemetryFiles found = find("");
    assertThat(names(found.files()))
        .containsExactly(
            "logs/_underscore.json", "logs/a.ndjson", "logs/b.json.gz", "logs/deep/er/c.xml");
    assertThat(below(found.skipped()))
        .containsExactly("explicit.md", "logs/._a.ndjson", "logs/README.md", "logs/case.yaml");
    assertThat(found.bytes()).isEqualTo(20);
  }

  @Test
  void aFileNamedByTheUserIsReadWhateverItsName() throws IOException {
    assertThat(names(find("explicit.md").files())).containsExactly("explicit.md");
  }

  @Test
  void aFileNamedTwiceIsReadOnce() throws IOException {
    assertThat(find("logs/a.ndjson", "logs", "logs/a.ndjson").files()).hasSize(4);
  }

  @Test
  void globs() throws IOException {
    assertThat(names(find("logs/*.json*").files()))
        .containsExactly("logs/_underscore.json", "logs/b.json.gz");
    assertThat(names(find("l*/deep/**.xml").files())).containsExactly("logs/deep/er/c.xml");
    assertThat(names(find("logs/[ab].*").files()))
        .containsExactly("logs/a.ndjson", "logs/b.json.gz");
  }

  @Test
  void urisOfThisMachineAreItsPaths() throws IOException {
    String uri = "file://" + folder;
    TelemetryFiles found =
        TelemetryFiles.find(
            List.of(uri + "/logs/*.json*", uri, folder + "/logs/a.ndjson"),
            Locations.of(uri + "/out"));
    assertThat(names(found.files()))
        .containsExactly(
            "logs/_underscore.json", "logs/b.json.gz", "logs/a.ndjson", "logs/deep/er/c.xml");
    assertThat(below(found.skipped()))
        .containsExactly("explicit.md", "logs/._a.ndjson", "logs/README.md", "logs/case.yaml");
    assertThat(found.bytes()).isEqualTo(20);
  }

  @Test
  void anotherFileSystemHasTheSameRules() throws IOException {
    ObjectStore.empty();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        ObjectStore.put("bucket://store/" + folder.relativize(file), Files.readAllBytes(file));
      }
    }
    ObjectStore.put("bucket://store/logs/10:15 [a].json", new byte[7]);
    assertThat(stored("bucket://store"))
        .isEqualTo(stored("bucket://store/"))
        .containsExactly(
            "logs/10:15 [a].json",
            "logs/_underscore.json",
            "logs/a.ndjson",
            "logs/b.json.gz",
            "logs/deep/er/c.xml");
    assertThat(stored("bucket://store/logs/*.json*"))
        .containsExactly("logs/10:15 [a].json", "logs/_underscore.json", "logs/b.json.gz");
    assertThat(stored("bucket://store/l*/deep/**.xml")).containsExactly("logs/deep/er/c.xml");
    assertThat(stored("bucket://store/logs/d*")).containsExactly("logs/deep/er/c.xml");
    assertThat(stored("bucket://store/logs/10:15 [a].json")).containsExactly("logs/10:15 [a].json");
    assertThat(stored("bucket://store/explicit.md")).containsExactly("explicit.md");
    assertThatThrownBy(() -> stored("bucket://store/logs/*.evtx"))
        .isInstanceOf(WrongPathException.class)
        .hasMessage("no file matches bucket://store/logs/*.evtx");
    assertThatThrownBy(() -> stored("bucket://store/out"))
        .isInstanceOf(WrongPathException.class)
        .hasMessageContaining("no files to read in bucket://store/out");
  }

  private static List<String> stored(String path) throws IOException {
    return TelemetryFiles.find(List.of(path), Locations.of("bucket://store/out")).files().stream()
        .map(file -> Locations.text(file).substring("bucket://store/".length()))
        .toList();
  }

  @Test
  void aNameWithGlobCharactersThatExistsIsThatFile() throws IOException {
    Files.writeString(folder.resolve("logs/[a].json"), "1");
    assertThat(names(find("logs/[a].json").files())).containsExactly("logs/[a].json");
  }

  @Test
  void aFileIsReadOnceWhateverLeadsToIt() throws IOException {
    Files.createSymbolicLink(folder.resolve("logs/deep/up"), folder.resolve("logs"));
    Files.createSymbolicLink(folder.resolve("logs/same.json"), folder.resolve("logs/a.ndjson"));
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("logs/deep"));
    TelemetryFiles found =
        find("logs/./a.ndjson", "logs", "logs/../logs/a.ndjson", "linked", "l*/**.xml", "logs/");
    assertThat(names(found.files()))
        .containsExactly(
            "logs/a.ndjson", "logs/_underscore.json", "logs/b.json.gz", "logs/deep/er/c.xml");
    assertThat(found.bytes()).isEqualTo(20);
    assertThat(found.unreadable()).isEmpty();
  }

  @Test
  void parentFoldersAreThoseBehindLinks() throws IOException {
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("logs/deep"));
    assertThat(names(find("linked/../a.ndjson").files())).containsExactly("logs/a.ndjson");
    assertThat(names(find("linked/./er").files())).containsExactly("linked/er/c.xml");
  }

  // ---- results of hunts

  private void makeResults(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "12345");
    }
  }

  @Test
  void resultsOfEarlierHuntsArePassedOver() throws IOException {
    makeResults(
        "logs/old/summary.json",
        "logs/old/alerts.ndjson",
        "logs/old/detections.ndjson",
        "logs/old/dead-letters.ndjson",
        "logs/old/.hunting-1/detections.ndjson/00000/0.ndjson",
        "logs/old/beside.json",
        "logs/parts/summary.json",
        "logs/parts/alerts.ndjson",
        "logs/parts/detections/part-00000.ndjson",
        "logs/parts/detections/mine.ndjson",
        "logs/parts/dead-letters/part-00000.ndjson",
        "logs/own/summary.json",
        "logs/own/alerts.ndjson");
    TelemetryFiles found = find("logs/old", "logs/parts", "logs/own");
    assertThat(names(found.files()))
        .containsExactly(
            "logs/old/beside.json",
            "logs/parts/detections/mine.ndjson",
            "logs/own/alerts.ndjson",
            "logs/own/summary.json");
    assertThat(below(found.results()))
        .contains("logs/old", "logs/parts")
        .doesNotContain("logs/own");
    found = find("logs/**.ndjson");
    assertThat(names(found.files()))
        .containsExactly(
            "logs/._a.ndjson",
            "logs/a.ndjson",
            "logs/own/alerts.ndjson",
            "logs/parts/detections/mine.ndjson");
    assertThat(below(found.results())).contains("logs/old", "logs/parts");
    assertThat(names(find("logs/parts/*").files()))
        .containsExactly("logs/parts/detections/mine.ndjson");
    assertThat(names(find("logs/old/alerts.ndjson").files()))
        .as("named by the user")
        .containsExactly("logs/old/alerts.ndjson");
    assertThatThrownBy(() -> find("logs/old/*.ndjson"))
        .hasMessageStartingWith("only the results of an earlier hunt match ");
  }

  @Test
  void theFolderOfResultsMayHoldTelemetry() throws IOException {
    makeResults("out/alerts.ndjson", "out/a.json", "out/.hunting-1/x");
    TelemetryFiles found = find("out");
    assertThat(names(found.files())).containsExactly("out/a.json");
    assertThat(below(found.results())).containsExactly("out");
  }

  // ---- what cannot be read

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Files.createSymbolicLink(folder.resolve("logs/gone.json"), folder.resolve("nothing"));
    Files.createSymbolicLink(folder.resolve("logs/round.json"), Path.of("round.json"));
    Files.createSymbolicLink(folder.resolve("logs/.hidden/x"), folder.resolve("nothing"));
    Path socket = folder.resolve("logs/socket");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      TelemetryFiles found = find("logs", "logs/*.json*");
      assertThat(found.files()).hasSize(4);
      assertThat(found.unreadable())
          .extracting(unreadable -> below(List.of(unreadable.path())).get(0) + unreadable.reason())
          .containsExactly(
              "logs/gone.jsona link to nothing that can be read",
              "logs/round.jsona link to nothing that can be read",
              "logs/socketno file or folder");
      assertThatThrownBy(() -> find("logs/socket"))
          .isInstanceOf(WrongPathException.class)
          .hasMessageContaining("socket is no file or folder");
      assertThatThrownBy(() -> find("logs/gone.json"))
          .isInstanceOf(WrongPathException.class)
          .hasMessageContaining("gone.json is a link to nothing that can be read");
    }
  }

  @Test
  void aFolderThatMayNotBeReadIsNamed() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("logs/locked"));
    Files.setPosixFilePermissions(locked, Set.of());
    if (Files.isReadable(locked)) {
      // The superuser may: for him there is nothing to tell.
      assertThat(find("logs").unreadable()).isEmpty();
      return;
    }
    assertThat(find("logs").unreadable())
        .containsExactly(new TelemetryFiles.Unreadable(locked.toString(), "permission denied"));
    for (String path : List.of("logs/locked", "logs/locked/a.json")) {
      assertThatThrownBy(() -> find(path))
          .isInstanceOf(WrongPathException.class)
          .hasMessage("permission denied: " + folder + "/" + path);
    }
  }

  @Test
  void aFolderOfAnotherFileSystemThatMayNotBeReadIsNamed() throws IOException {
    ObjectStore.empty();
    ObjectStore.put("bucket://store/logs/a.json", new byte[3]);
    ObjectStore.put("bucket://store/logs/locked/b.json", new byte[3]);
    ObjectStore.deny("bucket://store/logs/locked");
    TelemetryFiles found =
        TelemetryFiles.find(List.of("bucket://store/logs"), Locations.of("bucket://store/out"));
    assertThat(found.files()).hasSize(1);
    assertThat(found.unreadable())
        .containsExactly(
            new TelemetryFiles.Unreadable("bucket://store/logs/locked", "permission denied"));
    assertThatThrownBy(() -> stored("bucket://store/logs/locked"))
        .isInstanceOf(WrongPathException.class)
        .hasMessage("permission denied: bucket://store/logs/locked");
  }

  @Test
  void aNameThatIsNoTextIsAFileOfItsOwn() throws IOException {
    for (String name : List.of("%FF", "%FE", "%FF%1B")) {
      Files.writeString(Path.of(URI.create(folder.resolve("logs/deep").toUri() + name)), "1");
    }
    TelemetryFiles found = find("logs/deep");
    assertThat(found.files()).hasSize(4);
    assertThat(find("logs/deep/*").files()).hasSize(4);
  }

  @Test
  void nothingToReadIsSaid() throws IOException {
    assertThatThrownBy(() -> find("missing.json"))
        .isInstanceOf(WrongPathException.class)
        .hasMessageContaining("no such file or folder")
        .hasMessageContaining("missing.json");
    assertThatThrownBy(() -> find("logs/*.evtx")).hasMessageContaining("no file matches");
    assertThatThrownBy(() -> find("out"))
        .hasMessageContaining("no files to read in")
        .hasMessageEndingWith("out: only the results of an earlier hunt");
    Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> find("empty")).hasMessageEndingWith("is this the right folder?");
    makeResults("docs/README.md");
    assertThatThrownBy(() -> find("docs"))
        .hasMessageEndingWith("docs/README.md is no telemetry; name it to have it read");
  }

  @Test
  void aGlobThatEndsInASlashIsForFolders() throws IOException {
    makeResults("logs/deep.json");
    assertThat(names(find("logs/d*/").files())).containsExactly("logs/deep/er/c.xml");
    assertThatThrownBy(() -> find("logs/*.json/")).hasMessageContaining("no file matches");
  }
}
