package io.stagehound.pattern;

/**
 * A completed pattern: one for each completion, however many openings it has behind it.
 *
 * @param completion the step that completed it, with what the pattern's memory knows of those
 *     before
 */
public record Match(PatternStep completion) {

  /** The pattern's id. */
  public String pattern() {
    return completion.pattern();
  }

  /** What its steps have in common. */
  public String key() {
    return completion.key();
  }

  /** When it completed, in milliseconds since the epoch, UTC. */
  public long time() {
    return completion.step().time();
  }

  /** When it entered CEP, in milliseconds since the epoch: its own time, unless it was late. */
  public long at() {
    return completion.at();
  }
}
