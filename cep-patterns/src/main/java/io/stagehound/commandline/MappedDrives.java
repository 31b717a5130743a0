package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The drives and folders of one host that stand for other places, as its events have told so far.
 * It stays small, whatever they tell: there are at most {@value #MOST} of them, and the oldest go
 * first.
 *
 * @param drives the mappings, each name once for each user, in the order they were told
 */
public record MappedDrives(List<MappedDrive> drives) {

  /** Of a host that has mapped nothing. */
  public static final MappedDrives NONE = new MappedDrives(List.of());

  /** The most mappings that are kept; Windows has 26 letters. */
  public static final int MOST = 64;

  /** The longest name or place that is kept, in characters; those that people use are short. */
  private static final int LONGEST = 1_024;

  /** A drive of a drive of a drive: deeper ones are not followed. */
  private static final int DEEPEST = 4;

  /** Before a drive's letter, how programs ask Windows not to look at the path any closer. */
  private static final String DEVICE_PREFIX = "\\\\?\\";

  /**
   * These mappings and one more, or without one where it stands for nothing any more. Of two
   * mappings of one name the later counts, in whichever order they are told.
   *
   * @param user who mapped it; null when that is not known
   * @param time when, in milliseconds since the epoch, UTC
   */
  public MappedDrives plus(DriveMapping mapping, @Nullable String user, long time) {
    String name = mapping.name();
    String place = mapping.place();
    if (name.length() > LONGEST || (place != null && place.length() > LONGEST)) {
      return this;
    }
    List<MappedDrive> kept = new ArrayList<>(drives.size() + 1);
    for (MappedDrive drive : drives) {
      boolean same = drive.name().equals(name) && drive.isSeenBy(user);
      if (same && drive.time() > time) {
        return this;
      }
      if (!same) {
        kept.add(drive);
      }
    }
    if (place != null) {
      kept.add(new MappedDrive(name, place, user, time));
    }
    if (kept.size() > MOST) {
      kept.remove(oldest(kept));
    }
    return new MappedDrives(kept);
  }

  private static int oldest(List<MappedDrive> drives) {
    int oldest = 0;
    for (int i = 1; i < drives.size(); i++) {
      if (drives.get(i).time() < drives.get(oldest).time()) {
        oldest = i;
      }
    }
    return oldest;
  }

  /** These mappings without those from before a time, in milliseconds since the epoch, UTC. */
  public MappedDrives withoutBefore(long time) {
    if (drives.stream().noneMatch(drive -> drive.time() < time)) {
      return this;
    }
    return new MappedDrives(
        new ArrayList<>(drives.stream().filter(drive -> drive.time() >= time).toList()));
  }

  /** Whether nothing is mapped. */
  public boolean isEmpty() {
    return drives.isEmpty();
  }

  /**
   * The place that a path leads to; null when it lies on no mapped drive and in no mapped folder.
   * Of several folders the longest counts. A mapping by another user does not apply; where either
   * user is not known, it does.
   *
   * @param time when the path is used, in milliseconds since the epoch, UTC: what was mapped later
   *     does not apply
   */
  public @Nullable String place(String path, @Nullable String user, long time) {
    if (isEmpty()) {
      return null;
    }
    String place = path;
    boolean mapped = false;
    for (int i = 0; i < DEEPEST; i++) {
      String looked = withoutDevicePrefix(place);
      MappedDrive drive = nearest(looked, user, time);
      if (drive == null) {
        break;
      }
      place = below(drive.place(), looked.substring(drive.name().length()));
      mapped = true;
      if (place.length() > WindowsPath.LONGEST) {
        return null;
      }
    }
    return mapped ? place : null;
  }

  private static String withoutDevicePrefix(String path) {
    return path.startsWith(DEVICE_PREFIX) && path.indexOf(':') == DEVICE_PREFIX.length() + 1
        ? path.substring(DEVICE_PREFIX.length())
        : path;
  }

  /** The mapping with the longest name that the path lies in; of equal ones the last told. */
  private @Nullable MappedDrive nearest(String path, @Nullable String user, long time) {
    MappedDrive nearest = null;
    for (MappedDrive drive : drives) {
      boolean longer = nearest == null || drive.name().length() >= nearest.name().length();
      if (longer
          && drive.time() <= time
          && drive.isSeenBy(user)
          && WindowsPath.isIn(path, drive.name())) {
        nearest = drive;
      }
    }
    return nearest;
  }

  private static String below(String place, String rest) {
    int start = 0;
    while (start < rest.length() && WindowsPath.isSeparator(rest.charAt(start))) {
      start++;
    }
    return start == rest.length() ? place : WindowsPath.join(place, rest.substring(start));
  }
}
