package io.stagehound.benchmarks;

import io.stagehound.event.SysmonEvent;

/** What fills all that is remembered of a host, each kind beyond what there is room for. */
final class FullMemory {

  private static final int ARCHIVES = 300;
  private static final int COPIES = 600;
  private static final int PULLS = 300;
  private static final int PROCESSES = 150;
  private static final int FOLDERS = 80;
  private static final int DRIVES = 100;

  /** How many events there are of each host. */
  static final int EVENTS = ARCHIVES + COPIES + PULLS + PROCESSES + FOLDERS + DRIVES;

  private FullMemory() {}

  /** One of them, which come in this order. */
  static SysmonEvent event(HostEvents of, int host, long time, int which) {
    int left = which;
    if (left < PULLS) {
      return copy(of, host, time, "\\\\fs" + left + "\\in$\\a" + left + ".txt", "C:\\Data", which);
    }
    left -= PULLS;
    if (left < ARCHIVES) {
      return of.file(host, time, "C:\\Windows\\Temp\\archive" + left + ".zip", which);
    }
    left -= ARCHIVES;
    if (left < PROCESSES) {
      return of.start(
          host, time, "C:\\Windows\\System32\\svchost.exe", "svchost.exe -k " + left, which);
    }
    left -= PROCESSES;
    if (left < FOLDERS) {
      return of.file(host, time, "C:\\Windows\\Temp\\folder" + left + "\\a.tmp", which);
    }
    left -= FOLDERS;
    if (left < DRIVES) {
      return of.start(
          host,
          time,
          "C:\\Windows\\System32\\net.exe",
          "net use " + (char) ('D' + left % 20) + ": \\\\fs" + left + "\\share" + left,
          which);
    }
    left -= DRIVES;
    return copy(
        of, host, time, "C:\\Windows\\Temp\\other" + left + ".zip", "\\\\fs01\\in" + left, which);
  }

  private static SysmonEvent copy(
      HostEvents of, int host, long time, String from, String to, int process) {
    return of.start(
        host,
        time,
        "C:\\Windows\\System32\\xcopy.exe",
        "xcopy " + from + " " + to + "\\ /Y",
        process);
  }
}
