package io.stagehound.alert;

import io.stagehound.host.Retention;
import io.stagehound.pattern.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The incidents of one pattern on one host: each run of activity, from its first match until no
 * match can be late for it any more. Matches go in, and alerts come out as they are to be written.
 *
 * <p>An incident closes after a window of quiet. A late match that belongs to it opens it again,
 * under its id.
 *
 * <p>Two clocks are at work: {@code at} is event time, by which activity is quiet or late, and
 * {@code now} is the clock on the wall, by which revisions are kept apart. Immutable.
 *
 * @param runs the incidents, oldest first, at most {@value #MOST_RUNS}; beyond, the oldest is let
 *     go
 */
public record Incidents(List<Run> runs) {

  /** How many incidents are remembered. */
  public static final int MOST_RUNS = 8;

  /**
   * An incident and what was written of it.
   *
   * @param incident what its matches say
   * @param lastAt when its latest match entered, in milliseconds since the epoch
   * @param open whether the window after that match is still running
   * @param closes how often it has closed
   * @param written the revision that was last written; 0 for none
   * @param writtenAt when that was, in milliseconds since the epoch
   */
  public record Run(
      Incident incident, long lastAt, boolean open, long closes, long written, long writtenAt) {

    static Run open(Match match) {
      return new Run(Incident.open(match), match.at(), true, 0, 0, 0);
    }

    Run plus(Match match) {
      return new Run(
          incident.plus(match), Math.max(lastAt, match.at()), true, closes, written, writtenAt);
    }

    Run close() {
      return open ? new Run(incident, lastAt, false, closes + 1, written, writtenAt) : this;
    }

    private long revision() {
      return incident.matches() + closes;
    }

    private AlertState state() {
      if (!open) {
        return AlertState.CLOSED;
      }
      return written == 0 ? AlertState.OPEN : AlertState.UPDATED;
    }

    boolean isWritten() {
      return written == revision();
    }

    Run write(long now, Consumer<Alert> alerts) {
      if (isWritten()) {
        return this;
      }
      alerts.accept(incident.alert(state(), revision()));
      return new Run(incident, lastAt, open, closes, revision(), now);
    }

    private long quietFrom(Retention retention) {
      return lastAt + retention.window() + 1;
    }

    private long overFrom(Retention retention) {
      return quietFrom(retention) + retention.lateness();
    }
  }

  /** No incident. */
  public static Incidents none() {
    return new Incidents(List.of());
  }

  /** Whether nothing is remembered, so that nothing need be stored. */
  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** Whether this match would open an incident of its own. */
  public boolean isNew(Match match, Retention retention) {
    return runs.stream().noneMatch(run -> run.incident.includes(match.time(), retention.window()));
  }

  /** These incidents and one more match. */
  public Incidents take(
      Match match, long now, Retention retention, Publication publication, Consumer<Alert> alerts) {
    List<Run> after = new ArrayList<>(at(match.at(), now, retention, publication, alerts).runs);
    int index = 0;
    while (index < after.size()
        && !after.get(index).incident.includes(match.time(), retention.window())) {
      index++;
    }
    if (index < after.size()) {
      after.set(index, after.get(index).plus(match));
    } else {
      after.add(Run.open(match));
      if (after.size() > MOST_RUNS) {
        after.remove(0).close().write(now, alerts);
      }
    }
    return new Incidents(after).write(now, publication, alerts);
  }

  /** These incidents when event time has come so far: what is quiet closes, what is over goes. */
  public Incidents at(
      long at, long now, Retention retention, Publication publication, Consumer<Alert> alerts) {
    List<Run> after = new ArrayList<>();
    for (Run run : runs) {
      Run current = at >= run.quietFrom(retention) ? run.close() : run;
      if (at >= run.overFrom(retention)) {
        current.write(now, alerts);
      } else {
        after.add(current);
      }
    }
    return new Incidents(after).write(now, publication, alerts);
  }

  /** These incidents after writing what may be written at this time. */
  public Incidents write(long now, Publication publication, Consumer<Alert> alerts) {
    return new Incidents(
        new ArrayList<>(
            runs.stream()
                .map(run -> now >= writeFrom(run, publication) ? run.write(now, alerts) : run)
                .toList()));
  }

  /**
   * When the next thing happens by event time, in milliseconds since the epoch; {@code
   * Long.MAX_VALUE} for never.
   */
  public long nextChange(Retention retention) {
    return runs.stream()
        .mapToLong(run -> run.open ? run.quietFrom(retention) : run.overFrom(retention))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * When the next revision may be written by the clock on the wall, in milliseconds since the
   * epoch; {@code Long.MAX_VALUE} when none waits.
   */
  public long nextWrite(Publication publication) {
    return runs.stream()
        .filter(run -> !run.isWritten())
        .mapToLong(run -> writeFrom(run, publication))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static long writeFrom(Run run, Publication publication) {
    if (publication.interval() == null) {
      return run.open ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    return run.written == 0 ? Long.MIN_VALUE : run.writtenAt + publication.interval().toMillis();
  }
}
