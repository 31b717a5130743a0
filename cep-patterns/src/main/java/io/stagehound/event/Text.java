package io.stagehound.event;

/** Text of records, which may be as long as its writer likes. */
public final class Text {

  private Text() {}

  /** The text, or its beginning of at most {@code limit} characters. */
  public static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    // Half a surrogate pair is not text.
    boolean insidePair = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1));
    return text.substring(0, insidePair ? limit - 1 : limit);
  }
}
