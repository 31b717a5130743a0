package io.stagehound.cli;

import io.stagehound.topology.JobCounters;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;

/**
 * Shows on standard error how far a hunt has come: on a terminal one line that is written over and
 * over, elsewhere a line now and then.
 */
final class Progress {

  /** Set by the launcher, which can tell whether standard error is a terminal; Java cannot. */
  private static final boolean TERMINAL = Boolean.getBoolean("stagehound.terminal");

  private static final Duration REFRESH =
      TERMINAL ? Duration.ofMillis(500) : Duration.ofSeconds(30);
  private static final String ERASE_LINE = "\r\u001b[K";

  private final JobClient job;
  private final long totalBytes;
  private final PrintWriter err;
  private final long start = System.nanoTime();
  private final Thread thread = new Thread(this::show, "progress");

  private Progress(JobClient job, long totalBytes, PrintWriter err) {
    this.job = job;
    this.totalBytes = totalBytes;
    this.err = err;
  }

  /**
   * Starts to show how far this job has come.
   *
   * @param totalBytes how many bytes it will read
   */
  static Progress start(JobClient job, long totalBytes, PrintWriter err) {
    Progress progress = new Progress(job, totalBytes, err);
    progress.thread.setDaemon(true);
    progress.thread.start();
    return progress;
  }

  private void show() {
    try {
      while (true) {
        Thread.sleep(REFRESH.toMillis());
        String line = line(job.getAccumulators().get());
        if (TERMINAL) {
          err.print(ERASE_LINE + line);
          err.flush();
        } else {
          err.println(line);
        }
      }
    } catch (InterruptedException | ExecutionException e) {
      // The hunt is over; how it ended is told by others.
    }
  }

  private String line(Map<String, Object> counts) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return describe(
        count(counts, JobCounters.BYTES), totalBytes, count(counts, JobCounters.RECORDS), seconds);
  }

  private static long count(Map<String, Object> counts, String name) {
    return counts.get(name) instanceof Long count ? count : 0;
  }

  static String describe(long bytes, long totalBytes, long records, double seconds) {
    double rate = bytes / seconds;
    String line =
        String.format(
            Locale.ROOT,
            "%s, %,d records, %s/s",
            // The size of a pipe is not known, and a file may grow.
            Sizes.text(bytes) + (bytes > totalBytes ? "" : " of " + Sizes.text(totalBytes)),
            records,
            Sizes.text((long) rate));
    if (bytes == 0 || bytes >= totalBytes) {
      return line;
    }
    long left = (long) Math.ceil((totalBytes - bytes) / rate);
    return line + String.format(Locale.ROOT, ", %d:%02d left", left / 60, left % 60);
  }

  /** Ends the showing, and leaves the line empty. */
  void stop() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (TERMINAL) {
      err.print(ERASE_LINE);
      err.flush();
    }
  }
}
