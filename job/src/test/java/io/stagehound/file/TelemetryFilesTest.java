package io.stagehound.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void aLinkToAFolderAboveEndsTheWalk() throws IOException {
    Files.createSymbolicLink(folder.resolve("logs/deep/up"), folder.resolve("logs"));
    assertThat(find("logs").files()).hasSize(4);
  }

  @Test
  void nothingToReadIsSaid() {
    assertThatThrownBy(() -> find("missing.json"))
        .isInstanceOf(WrongPathException.class)
        .hasMessageContaining("no such file or folder")
        .hasMessageContaining("missing.json");
    assertThatThrownBy(() -> find("logs/*.evtx")).hasMessageContaining("no file matches");
    assertThatThrownBy(() -> find("out")).hasMessageContaining("no files to read");
  }
}
