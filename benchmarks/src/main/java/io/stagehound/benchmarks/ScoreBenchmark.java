package io.stagehound.benchmarks;

import io.stagehound.event.SysmonEvent;
import io.stagehound.score.ScoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Scoring and analysing one event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ScoreBenchmark {

  private static final HostEvents HOSTS = new HostEvents(1, 0, false);

  /** What is scored. */
  public enum Scored {
    /** A file outside of staging folders. */
    FILE {
      @Override
      SysmonEvent event() {
        return HOSTS.file(0, 0, "C:\\Users\\alice\\Documents\\Annual report 2025.docx", 1);
      }
    },
    /** A process that copies nothing. */
    PROCESS {
      @Override
      SysmonEvent event() {
        return HOSTS.start(
            0,
            0,
            "C:\\Windows\\System32\\svchost.exe",
            "C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule",
            1);
      }
    },
    /** A copy to a share. */
    UNC_COPY {
      @Override
      SysmonEvent event() {
        return HOSTS.start(
            0,
            0,
            "C:\\Windows\\System32\\xcopy.exe",
            "xcopy C:\\Windows\\Temp\\projects.zip \\\\fs01\\in$\\ /Y",
            1);
      }
    },
    /** PowerShell with an encoded command, which copies to a share. */
    ENCODED_POWERSHELL {
      @Override
      SysmonEvent event() {
        String command = "Copy-Item C:\\Windows\\Temp\\projects.zip \\\\fs01\\in$\\ -Force";
        return HOSTS.start(
            0,
            0,
            "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
            "powershell.exe -NoProfile -EncodedCommand "
                + Base64.getEncoder().encodeToString(command.getBytes(StandardCharsets.UTF_16LE)),
            1);
      }
    };

    abstract SysmonEvent event();
  }

  @Param public Scored scored = Scored.FILE;

  private SysmonEvent event = Scored.FILE.event();

  /** Makes the event. */
  @Setup
  public void make() {
    event = scored.event();
  }

  /** From the decoded event to all that can be told from it alone. */
  @Benchmark
  public ScoredEvent score() {
    return ScoredEvent.of(event);
  }
}
