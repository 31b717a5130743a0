package io.stagehound.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Telemetry of one kind, and what a hunt must find in it. All but the ordinary one are hostile. */
enum Workload {
  /** 2,000 hosts: 60 % file creations, half of them in a staging folder, 40 % process starts. */
  ORDINARY(1_000_000) {
    @Override
    Expected write(NxlogWriter out, long events) throws IOException {
      long staged = 0;
      for (long i = 0; i < events; i++) {
        String host = "ws" + out.random(2_000) + ".corp.example";
        int kind = out.random(10);
        if (kind < 3) {
          out.file(host, "C:\\Windows\\Temp\\tmp" + i + ".tmp");
          staged++;
        } else if (kind < 6) {
          out.file(host, "C:\\Users\\alice\\Documents\\notes" + i + ".docx");
        } else {
          out.process(host, "C:\\Windows\\System32\\svchost.exe", "svchost.exe -k netsvcs -p " + i);
        }
      }
      return Expected.noAlert("FileInStagingDir", staged);
    }
  },

  /** One host makes archives in a staging folder, and never copies one. */
  ARCHIVES(1_000_000) {
    @Override
    Expected write(NxlogWriter out, long events) throws IOException {
      archives(out, events);
      return Expected.noAlert("ArchiveInStagingDir", events);
    }
  },

  /** One host makes archives, and then copies one. */
  ARCHIVES_THEN_COPY(100_001) {
    @Override
    Expected write(NxlogWriter out, long events) throws IOException {
      archives(out, events - 1);
      copy(out, FLOODING, 0);
      return new Expected(
          Map.of("ArchiveInStagingDir", events - 1, "RemoteCopyToolToUNC", 1L),
          Map.of(Expected.alert(CORE, FLOODING), Map.of("archive", events - 1, "copy", 1L)));
    }
  },

  /** One host makes an archive, and then copies without end. */
  COPIES(100_001) {
    @Override
    Expected write(NxlogWriter out, long events) throws IOException {
      archives(out, 1);
      for (long i = 1; i < events; i++) {
        copy(out, FLOODING, i);
      }
      return new Expected(
          Map.of("ArchiveInStagingDir", 1L, "RemoteCopyToolToUNC", events - 1),
          Map.of(Expected.alert(CORE, FLOODING), Map.of("archive", 1L, "copy", events - 1)));
    }
  },

  /** One host maps one drive after another, and copies an archive to each. */
  DRIVES(20_001) {
    @Override
    Expected write(NxlogWriter out, long events) throws IOException {
      archives(out, 1);
      long drives = (events - 1) / 2;
      for (long i = 0; i < drives; i++) {
        String drive = (char) ('D' + i % 23) + ":";
        out.process(
            FLOODING,
            "C:\\Windows\\System32\\net.exe",
            "net use " + drive + " \\\\fs01\\share" + i);
        out.process(
            FLOODING,
            "C:\\Windows\\System32\\xcopy.exe",
            "xcopy C:\\Windows\\Temp\\archive0.zip " + drive + "\\in\\ /Y");
      }
      return new Expected(
          Map.of("ArchiveInStagingDir", 1L, "OtherStagingIndicator", 2 * drives),
          Map.of(Expected.alert(CORE, FLOODING), Map.of("archive", 1L, "copy", drives)));
    }
  },

  /** Ever new hosts copy to one share. */
  HOSTS_TO_ONE_SHARE(100_000) {
    @Override
    Expected write(NxlogWriter out, long events) throws IOException {
      for (long i = 0; i < events; i++) {
        copy(out, "ws" + i + ".corp.example", i);
      }
      return new Expected(
          Map.of("RemoteCopyToolToUNC", events),
          Map.of(Expected.alert("central-staging-push", "fs01"), Map.of("copy", events)));
    }
  },

  /** One host starts processes whose command lines have a million characters. */
  LONG_COMMAND_LINES(300) {
    @Override
    Expected write(NxlogWriter out, long events) throws IOException {
      String part = "copy C:\\Windows\\Temp\\a.zip \\\\fs01\\in\\a.zip & (echo \"%TEMP%\") & ";
      String rest = part.repeat(1_000_000 / part.length());
      for (long i = 0; i < events; i++) {
        out.process(FLOODING, "C:\\Windows\\System32\\cmd.exe", "cmd /c echo " + i + " & " + rest);
      }
      return Expected.noAlert("PSCmdRemoteCopy", events);
    }
  };

  private static final String FLOODING = "ws-flood.corp.example";
  private static final String CORE = "archive-then-unc-copy";

  private final long events;

  Workload(long events) {
    this.events = events;
  }

  /** How many events it has. */
  long events() {
    return events;
  }

  /** Writes so many events. */
  abstract Expected write(NxlogWriter out, long events) throws IOException;

  /** Whether its speed is that of its bytes, since one of its events is worth thousands. */
  boolean isMeasuredInBytes() {
    return this == LONG_COMMAND_LINES;
  }

  /** Its name on the command line. */
  String published() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void archives(NxlogWriter out, long count) throws IOException {
    for (long i = 0; i < count; i++) {
      out.file(FLOODING, "C:\\Windows\\Temp\\archive" + i + ".zip");
    }
  }

  private static void copy(NxlogWriter out, String host, long i) throws IOException {
    out.process(
        host,
        "C:\\Windows\\System32\\xcopy.exe",
        "xcopy C:\\Windows\\Temp\\archive" + i + ".zip \\\\fs01\\in$\\ /Y");
  }
}
