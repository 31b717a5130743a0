package io.stagehound.alert;

/** How sure it is that the steps belong together. */
public enum Confidence {
  /** They share a host and a window. */
  MEDIUM("medium"),
  /** A later step names what an earlier one made, or the server was seen to receive it. */
  HIGH("high");

  private final String published;

  Confidence(String published) {
    this.published = published;
  }

  /** The name that alerts carry as {@code confidence}. */
  public String published() {
    return published;
  }
}
