package io.stagehound.commandline;

/**
 * How many characters the variables and folders of a line may still add to it. A line may name one
 * long text a thousand times, and must not be read as a thousand texts.
 */
final class ExpansionBudget {

  private static final int FOR_EACH_CHARACTER = 4;

  private long left;

  /** The budget of a line of this length: one path, and some for each character. */
  ExpansionBudget(int lineLength) {
    left = WindowsPath.LONGEST + (long) FOR_EACH_CHARACTER * lineLength;
  }

  /** Takes so many characters; false when they are no longer there. */
  boolean take(int characters) {
    if (characters > left) {
      return false;
    }
    left -= characters;
    return true;
  }
}
