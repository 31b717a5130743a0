package io.stagehound.pattern;

import io.stagehound.event.FilePath;
import io.stagehound.event.SysmonEvent;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shell or an archiver makes an archive under a web root, where a browser can fetch it. MITRE
 * ATT&CK <a href="https://attack.mitre.org/techniques/T1074/001/">T1074.001</a>.
 *
 * @param window how long after one archive another one belongs to the same alert
 */
public record WebRootStaging(Duration window) implements StepPattern {

  /** The pattern's id in alerts. */
  public static final String ID = "web-root-staging";

  /** Folders that web servers publish; of the published search's staging directories. */
  private static final List<String> WEB_ROOTS = List.of("\\inetpub\\wwwroot\\", "\\wwwroot\\");

  /** File names of images, by which a shell or an archiver is known however it was renamed. */
  private static final Set<String> WRITERS =
      Set.of(
          "cmd.exe",
          "powershell.exe",
          "powershell_ise.exe",
          "pwsh.exe",
          "pwsh.dll",
          "wscript.exe",
          "cscript.exe",
          "mshta.exe",
          "bash.exe",
          "7z.exe",
          "7za.exe",
          "7zr.exe",
          "7zg.exe",
          "7zfm.exe",
          "rar.exe",
          "winrar.exe",
          "winzip32.exe",
          "winzip64.exe",
          "wzzip.exe",
          "zip.exe",
          "tar.exe",
          "bsdtar.exe",
          "gzip.exe",
          "makecab.exe",
          "diantz.exe",
          "arj.exe",
          "peazip.exe");

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean opens(Step step) {
    return false;
  }

  @Override
  public boolean completes(Step step) {
    return step.name() == StepName.ARCHIVE && isInWebRoot(step) && isByShellOrArchiver(step);
  }

  private static boolean isInWebRoot(Step archive) {
    String path = archive.detection().event().targetFilename();
    String folder = path == null ? "" : FilePath.folder(path) + "\\";
    return WEB_ROOTS.stream().anyMatch(folder::contains);
  }

  private static boolean isByShellOrArchiver(Step archive) {
    SysmonEvent event = archive.detection().event();
    return (event.image() != null && WRITERS.contains(FilePath.name(event.image())))
        || (archive.process() != null
            && archive.process().originalFileName() != null
            && WRITERS.contains(archive.process().originalFileName().toLowerCase(Locale.ROOT)));
  }

  @Override
  public @Nullable List<Step> behind(Step archive, List<Step> openings) {
    return List.of();
  }

  @Override
  public List<List<Step>> stages(List<Step> behind) {
    return List.of();
  }

  @Override
  public Pattern<PatternStep, ?> pattern() {
    return CompletedBy.sequence(this, List.of(), StepName.ARCHIVE);
  }
}
