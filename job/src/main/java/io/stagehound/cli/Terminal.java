package io.stagehound.cli;

/** Text for a terminal. Telemetry is written by attackers, and so may be terminal commands. */
final class Terminal {

  private Terminal() {}

  /**
   * The text with every character escaped that a terminal might obey, or that might make it show
   * other text than there is: controls, formats (such as those that turn the direction of writing),
   * separators of lines, unpaired surrogates and what Unicode does not assign.
   */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              if (isSafe(codePoint)) {
                safe.appendCodePoint(codePoint);
              } else {
                safe.append(String.format("\\u{%x}", codePoint));
              }
            });
    return safe.toString();
  }

  /** The text made safe, and cut to this many characters. */
  static String safe(String text, int width) {
    String safe = safe(text.length() <= width ? text : text.substring(0, width));
    return safe.length() <= width ? safe : safe.substring(0, width - 1) + "…";
  }

  private static boolean isSafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
