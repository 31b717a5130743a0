package io.stagehound.host;

import io.stagehound.event.FilePath;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that one process tree has put into one folder of late, in bounded space: no more of
 * them than make an unusual number. Immutable.
 *
 * @param names hashes of the distinct files' names, as they came last
 * @param times when they were written last, in milliseconds since the epoch
 * @param reached when they were last an unusual number; {@code Long.MIN_VALUE} for never
 */
public record FolderFill(List<Integer> names, List<Long> times, long reached) {

  /** No file. */
  public static FolderFill empty() {
    return new FolderFill(List.of(), List.of(), Long.MIN_VALUE);
  }

  /** These files and one more, or one of them written again. */
  public FolderFill plus(String path, long time, BulkRate rate) {
    List<Integer> newNames = new ArrayList<>();
    List<Long> newTimes = new ArrayList<>();
    int name = FilePath.name(path).hashCode();
    long since = time - rate.within().toMillis();
    for (int i = 0; i < names.size(); i++) {
      if (times.get(i) >= since && names.get(i) != name) {
        newNames.add(names.get(i));
        newTimes.add(times.get(i));
      }
    }
    newNames.add(name);
    newTimes.add(time);
    // One that comes late does not make files an unusual number that were written long after it.
    long until = time + rate.within().toMillis();
    boolean unusual = newTimes.stream().filter(written -> written <= until).count() >= rate.files();
    while (newNames.size() > rate.files()) {
      newNames.remove(0);
      newTimes.remove(0);
    }
    boolean anew = unusual && (reached < since || reached > until);
    return new FolderFill(newNames, newTimes, anew ? time : reached);
  }

  /** Whether the file that these have more than those before made them an unusual number, anew. */
  public boolean isReachedAfter(FolderFill before) {
    return reached != before.reached;
  }
}
