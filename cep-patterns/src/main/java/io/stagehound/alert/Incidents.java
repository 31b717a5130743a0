package io.stagehound.alert;

import io.stagehound.pattern.Match;
import io.stagehound.pattern.PatternMemory;
import io.stagehound.pattern.Retention;
import io.stagehound.receiver.Corroboration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The incidents of one pattern and key: each run of activity, from its first match until no match
 * can be late for it any more. Matches go in, and alerts come out as they are to be written.
 *
 * <p>An incident closes after a window of quiet. A late match that belongs to it opens it again,
 * under its id.
 *
 * <p>Two clocks are at work: {@code at} is event time, by which activity is quiet or late, and
 * {@code now} is the clock on the wall, by which revisions are kept apart. Immutable.
 *
 * @param runs the incidents, oldest first, at most {@value #MOST_RUNS}; beyond, the oldest is let
 *     go
 * @param early what bears out copies of matches that are still to come, at most {@value
 *     #MOST_EARLY}
 */
public record Incidents(List<Run> runs, List<Early> early) {

  /** How many incidents are remembered. */
  public static final int MOST_RUNS = 8;

  /** How many corroborations wait for their match. */
  public static final int MOST_EARLY = 64;

  /**
   * A corroboration that waits for its match, which comes to nothing where none comes.
   *
   * @param corroboration the corroboration
   * @param at when it entered, in milliseconds since the epoch
   */
  public record Early(Corroboration corroboration, long at) {
    /** A match is held back so long at the most: as long as a flood of copies is put together. */
    private static long kept(Retention retention) {
      return retention.window() / PatternMemory.COMPLETED_PER_WINDOW + 60_000;
    }

    private long overFrom(Retention retention) {
      return at + kept(retention) + 1;
    }
  }

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

    Run plus(Corroboration corroboration) {
      return new Run(incident.plus(corroboration), lastAt, open, closes, written, writtenAt);
    }

    Run close() {
      return open ? new Run(incident, lastAt, false, closes + 1, written, writtenAt) : this;
    }

    private long revision() {
      return incident.changes() + closes;
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
    return new Incidents(List.of(), List.of());
  }

  /** Whether nothing is remembered, so that nothing need be stored. */
  public boolean isEmpty() {
    return runs.isEmpty() && early.isEmpty();
  }

  /** Whether this match would open an incident of its own. */
  public boolean isNew(Match match, Retention retention) {
    return runs.stream().noneMatch(run -> run.incident.includes(match.time(), retention.window()));
  }

  /** These incidents and one more match. */
  public Incidents take(
      Match match, long now, Retention retention, Publication publication, Consumer<Alert> alerts) {
    Incidents current = at(match.at(), now, retention, publication, alerts);
    List<Run> after = new ArrayList<>(current.runs);
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
    List<Early> stillEarly = new ArrayList<>();
    for (Early waiting : current.early) {
      if (!bearOut(after, waiting.corroboration)) {
        stillEarly.add(waiting);
      }
    }
    return new Incidents(after, stillEarly).write(now, publication, alerts);
  }

  /** These incidents and what bears out a copy of theirs, or of one that is still to come. */
  public Incidents take(
      Corroboration corroboration,
      long at,
      long now,
      Publication publication,
      Consumer<Alert> alerts) {
    List<Run> after = new ArrayList<>(runs);
    if (bearOut(after, corroboration)) {
      return new Incidents(after, early).write(now, publication, alerts);
    }
    List<Early> waiting = new ArrayList<>(early);
    waiting.add(new Early(corroboration, at));
    if (waiting.size() > MOST_EARLY) {
      waiting.remove(0);
    }
    return new Incidents(runs, waiting);
  }

  private static boolean bearOut(List<Run> runs, Corroboration corroboration) {
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).incident.includes(corroboration)) {
        runs.set(i, runs.get(i).plus(corroboration));
        return true;
      }
    }
    return false;
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
    List<Early> stillEarly =
        new ArrayList<>(
            early.stream().filter(waiting -> at < waiting.overFrom(retention)).toList());
    return new Incidents(after, stillEarly).write(now, publication, alerts);
  }

  /** These incidents after writing what may be written at this time. */
  public Incidents write(long now, Publication publication, Consumer<Alert> alerts) {
    return new Incidents(
        new ArrayList<>(
            runs.stream()
                .map(run -> now >= writeFrom(run, publication) ? run.write(now, alerts) : run)
                .toList()),
        early);
  }

  /**
   * When the next thing happens by event time, in milliseconds since the epoch; {@code
   * Long.MAX_VALUE} for never.
   */
  public long nextChange(Retention retention) {
    return LongStream.concat(
            runs.stream()
                .mapToLong(run -> run.open ? run.quietFrom(retention) : run.overFrom(retention)),
            early.stream().mapToLong(waiting -> waiting.overFrom(retention)))
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
      // A late match may open it again until it is over.
      return Long.MAX_VALUE;
    }
    return run.written == 0 ? Long.MIN_VALUE : run.writtenAt + publication.interval().toMillis();
  }
}
