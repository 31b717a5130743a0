package io.stagehound.receiver;

import io.stagehound.event.FilePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The copies to one server that are still to be seen there, and what was seen that may belong to a
 * copy which comes late, in bounded space: pushes and sightings go in, in any order, and
 * corroborations come out. Immutable.
 *
 * @param pushes the last {@value #PUSHES_KEPT}, as they came
 * @param sightings the last {@value #SIGHTINGS_KEPT}, as they came
 */
public record ServerMemory(List<Pending> pushes, List<Seen> sightings) {

  /** How long after the copy began it may be seen. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  /** How far the server's clock may be behind that of the host that copies. */
  public static final Duration SKEW = Duration.ofSeconds(10);

  /** How many pushes are remembered. */
  public static final int PUSHES_KEPT = 256;

  /** How many sightings are remembered. */
  public static final int SIGHTINGS_KEPT = 256;

  /**
   * A push.
   *
   * @param push the push, without its step
   * @param at when it entered, in milliseconds since the epoch
   * @param seen in which ways it was seen, each once
   */
  public record Pending(Expected push, long at, List<SightingKind> seen) {}

  /**
   * What is expected of a push.
   *
   * @param share as {@link Push#share()}
   * @param host as {@link Push#host()}
   * @param time as {@link Push#time()}
   * @param user the account that copies; null when it is not told
   * @param names as {@link Push#names()}
   */
  public record Expected(
      String share, String host, long time, @Nullable String user, List<String> names) {
    /** What is expected of this push. */
    public static Expected of(Push push) {
      return new Expected(
          push.share(),
          push.host(),
          push.time(),
          push.step().detection().event().user(),
          push.names());
    }
  }

  /**
   * A sighting.
   *
   * @param sighting the sighting
   * @param at when it entered, in milliseconds since the epoch
   */
  public record Seen(Sighting sighting, long at) {}

  /** Of a server that nothing is known of. */
  public static ServerMemory empty() {
    return new ServerMemory(List.of(), List.of());
  }

  /** Whether nothing is remembered, so that nothing need be stored. */
  public boolean isEmpty() {
    return pushes.isEmpty() && sightings.isEmpty();
  }

  /** When something is to be forgotten next; {@code Long.MAX_VALUE} when empty. */
  public long nextChange(long lateness) {
    long next = Long.MAX_VALUE;
    for (Pending pending : pushes) {
      next = Math.min(next, pending.at + kept(lateness) + 1);
    }
    for (Seen seen : sightings) {
      next = Math.min(next, seen.at + SKEW.toMillis() + lateness + 1);
    }
    return next;
  }

  private static long kept(long lateness) {
    return LONGEST.toMillis() + lateness;
  }

  /** This memory without what need not be remembered at this time any more. */
  public ServerMemory at(long now, long lateness) {
    long since = now - kept(lateness);
    return new ServerMemory(
        without(pushes, pending -> pending.at < since),
        without(sightings, seen -> seen.at < now - SKEW.toMillis() - lateness));
  }

  private static <T> List<T> without(List<T> list, Predicate<T> gone) {
    for (T element : list) {
      if (gone.test(element)) {
        return new ArrayList<>(list.stream().filter(gone.negate()).toList());
      }
    }
    return list;
  }

  /** This memory and one more push. */
  public ServerMemory take(Expected expected, long at, long lateness, Consumer<Corroboration> out) {
    ServerMemory current = at(at, lateness);
    for (Pending known : current.pushes) {
      if (known.push.time == expected.time && known.push.equals(expected)) {
        return current;
      }
    }
    Pending pending = new Pending(expected, at, List.of());
    for (Seen seen : current.sightings) {
      pending = see(pending, seen.sighting, out);
    }
    return new ServerMemory(plus(current.pushes, pending, PUSHES_KEPT), current.sightings);
  }

  /** This memory and one more sighting. */
  public ServerMemory take(Sighting sighting, long at, long lateness, Consumer<Corroboration> out) {
    ServerMemory current = at(at, lateness);
    List<Pending> newPushes =
        new ArrayList<>(
            current.pushes.stream().map(pending -> see(pending, sighting, out)).toList());
    return new ServerMemory(
        newPushes, plus(current.sightings, new Seen(sighting, at), SIGHTINGS_KEPT));
  }

  private static Pending see(Pending pending, Sighting sighting, Consumer<Corroboration> out) {
    if (pending.seen.contains(sighting.kind()) || !bearsOut(sighting, pending.push)) {
      return pending;
    }
    Expected push = pending.push;
    out.accept(
        new Corroboration(
            sighting.kind(),
            push.host,
            sighting.server(),
            push.share,
            push.time,
            sighting.time(),
            sighting.path()));
    List<SightingKind> seen = new ArrayList<>(pending.seen);
    seen.add(sighting.kind());
    return new Pending(push, pending.at, seen);
  }

  private static boolean bearsOut(Sighting sighting, Expected push) {
    long after = sighting.time() - push.time;
    if (after < -SKEW.toMillis() || after > LONGEST.toMillis()) {
      return false;
    }
    boolean shared = sighting.share() == null || sighting.share().equalsIgnoreCase(push.share);
    boolean named = sighting.path() != null && push.names.contains(FilePath.name(sighting.path()));
    return switch (sighting.kind()) {
      case RECEIVED -> named;
      case SHARE_FILE_ACCESS -> shared && named && isSameUser(sighting.user(), push.user);
      case SHARE_ACCESS -> shared && isSameUser(sighting.user(), push.user);
      case CONNECTION -> push.host.equals(sighting.host());
    };
  }

  /** Many use one share: where both accounts are told, they must be one, in whichever domain. */
  private static boolean isSameUser(@Nullable String some, @Nullable String other) {
    return some == null || other == null || FilePath.name(some).equals(FilePath.name(other));
  }

  private static <T> List<T> plus(List<T> list, T added, int most) {
    List<T> all = new ArrayList<>(list);
    all.add(added);
    return all.size() > most ? new ArrayList<>(all.subList(all.size() - most, all.size())) : all;
  }
}
