package io.stagehound.output;

/** Tells which characters of telemetry may not reach a terminal as they are. */
public final class UnsafeText {

  private UnsafeText() {}

  /**
   * Whether a terminal might obey this character, or might show other text than there is because of
   * it: controls, formats (such as those that turn the direction of writing), separators of lines,
   * unpaired surrogates and what Unicode does not assign.
   */
  public static boolean isUnsafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
