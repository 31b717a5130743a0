package io.stagehound.alert;

/** Where an alert is in its life. */
public enum AlertState {
  /** Its first match was seen. */
  OPEN("open"),
  /** Later matches were added to it. */
  UPDATED("updated"),
  /**
   * The window went by without another match, or the hunt ended: it will not change again, unless a
   * match that belongs to it comes late.
   */
  CLOSED("closed");

  private final String published;

  AlertState(String published) {
    this.published = published;
  }

  /** The name that alerts carry as {@code state}. */
  public String published() {
    return published;
  }
}
