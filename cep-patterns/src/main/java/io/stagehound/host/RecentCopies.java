package io.stagehound.host;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.UncPath;
import io.stagehound.event.EventType;
import io.stagehound.event.FilePath;
import io.stagehound.event.SysmonEvent;
import io.stagehound.score.Detection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The copies that a host has made of late, so that one copy that several logs tell of counts once:
 * Sysmon's and Security's start of the process, and PowerShell's script block and command. In
 * bounded space. Immutable.
 *
 * @param copies the last {@value #KEPT}, oldest first
 * @param sysmonForgotten the latest time of a copy of Sysmon's that there was no room for, in
 *     milliseconds since the epoch; for a minute after it, what another log tells is taken as told.
 *     {@code Long.MIN_VALUE} when there is none
 */
public record RecentCopies(List<Recent> copies, long sysmonForgotten) {

  /** How many copies are remembered. */
  public static final int KEPT = 512;

  /** How long a record of another log than Sysmon's waits for Sysmon's, in milliseconds. */
  public static final long WAIT_MILLIS = 5_000;

  /** How far apart the times may be that two logs give to one copy: PowerShell takes to start. */
  static final long APART_MILLIS = 60_000;

  /** The same of two starts of one process, whose times may be those of slow shippers. */
  private static final long SAME_PROCESS_APART_MILLIS = 600_000;

  private static final long NEVER = Long.MIN_VALUE;
  private static final long NO_PROCESS = 0;

  /**
   * A copy.
   *
   * @param type what kind of record told of it first
   * @param time when it was made, in milliseconds since the epoch
   * @param print a hash of what it has in common with itself in another log: which way, where to,
   *     and which names
   * @param process a hash of the number and the command line of the process that was started; 0 for
   *     none
   */
  public record Recent(EventType type, long time, long print, long process) {}

  /** No copy. */
  public static RecentCopies none() {
    return new RecentCopies(List.of(), NEVER);
  }

  /** Whether nothing is remembered, so that nothing need be stored. */
  public boolean isEmpty() {
    return copies.isEmpty() && sysmonForgotten == NEVER;
  }

  /** Whether another log has told of this copy. */
  public boolean has(Detection detection, CopyCommand copy) {
    Recent copied = recent(detection, copy);
    boolean mayBeForgotten =
        copied.type.isSecondHand()
            && sysmonForgotten != NEVER
            && copied.time - sysmonForgotten <= APART_MILLIS;
    return mayBeForgotten || copies.stream().anyMatch(recent -> isSame(recent, copied));
  }

  private static boolean isSame(Recent some, Recent other) {
    long apart = Math.abs(some.time - other.time);
    boolean sameProcess = some.process != NO_PROCESS && some.process == other.process;
    return some.type != other.type
        && (sameProcess
            ? apart <= SAME_PROCESS_APART_MILLIS
            : apart <= APART_MILLIS && some.print == other.print);
  }

  /** These copies and one more. */
  public RecentCopies plus(Detection detection, CopyCommand copy) {
    List<Recent> newCopies = new ArrayList<>(copies);
    newCopies.add(recent(detection, copy));
    if (newCopies.size() <= KEPT) {
      return new RecentCopies(newCopies, sysmonForgotten);
    }
    Recent gone = newCopies.remove(0);
    return new RecentCopies(
        newCopies,
        gone.type.isSecondHand() ? sysmonForgotten : Math.max(sysmonForgotten, gone.time));
  }

  /** These copies without those that no log can tell of again at this event time. */
  public RecentCopies after(long time) {
    return new RecentCopies(
        new ArrayList<>(
            copies.stream()
                .filter(recent -> Math.abs(recent.time - time) <= SAME_PROCESS_APART_MILLIS)
                .toList()),
        Math.abs(time - sysmonForgotten) <= SAME_PROCESS_APART_MILLIS ? sysmonForgotten : NEVER);
  }

  private static Recent recent(Detection detection, CopyCommand copy) {
    SysmonEvent event = detection.event();
    return new Recent(event.type(), event.time(), print(copy, event.hostKey()), process(event));
  }

  private static long process(SysmonEvent event) {
    return event.type().isProcessStart() && event.processId() != null
        ? hash(event.processId() + " " + event.commandLine())
        : NO_PROCESS;
  }

  private static long print(CopyCommand copy, String hostKey) {
    Set<String> targets = new TreeSet<>();
    for (UncPath target : copy.targets()) {
      targets.add(target.serverKey(hostKey) + "\\" + FilePath.name(target.share()));
    }
    Set<String> names = new TreeSet<>();
    copy.sources().forEach(source -> names.add(FilePath.name(source)));
    return hash(copy.direction() + "\n" + targets + "\n" + names);
  }

  private static long hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
  }
}
