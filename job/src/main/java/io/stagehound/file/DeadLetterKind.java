package io.stagehound.file;

import io.stagehound.decode.DeadLetter;
import io.stagehound.event.Text;
import java.io.Serializable;
import java.util.Comparator;

/**
 * Dead letters with the same thing wrong, and the first of them.
 *
 * @param kind what is wrong, without what differs from one to the next
 * @param count how many there are
 * @param origin the file of the first one
 * @param position where in the file the first one begins
 * @param reason what is wrong with the first one
 */
public record DeadLetterKind(String kind, long count, String origin, long position, String reason)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String OTHER = "other reasons";
  private static final int LONGEST_REASON = 200;

  private static final Comparator<DeadLetterKind> BY_PLACE =
      Comparator.comparing(DeadLetterKind::origin).thenComparing(DeadLetterKind::position);

  /** Most frequent first. */
  static final Comparator<DeadLetterKind> ORDER =
      Comparator.comparing(DeadLetterKind::count).reversed().thenComparing(BY_PLACE);

  static DeadLetterKind of(DeadLetter deadLetter) {
    String reason = Text.cut(deadLetter.reason(), LONGEST_REASON);
    return new DeadLetterKind(kind(reason), 1, deadLetter.origin(), deadLetter.position(), reason);
  }

  /** The reason up to where it goes into detail, and without a count before it. */
  private static String kind(String reason) {
    String counted = reason.replaceFirst("^\\d+ ", "");
    return counted.split(": | at byte ", 2)[0];
  }

  /** What the first one's reason has beyond the kind, from a colon on; empty when nothing. */
  public String detail() {
    String detail = reason.startsWith(kind) ? reason.substring(kind.length()) : ": " + reason;
    // The file is named anyway.
    return detail.replace(": " + origin + " ", ": ");
  }

  DeadLetterKind amongOthers() {
    return new DeadLetterKind(OTHER, count, origin, position, reason);
  }

  DeadLetterKind plus(DeadLetterKind more) {
    DeadLetterKind first = BY_PLACE.compare(this, more) <= 0 ? this : more;
    return new DeadLetterKind(kind, count + more.count, first.origin, first.position, first.reason);
  }
}
