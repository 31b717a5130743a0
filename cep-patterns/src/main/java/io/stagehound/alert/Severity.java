package io.stagehound.alert;

/** How bad it is if the alert is true. */
public enum Severity {
  /** Data is brought together as for theft; nothing shows yet that it leaves. */
  MEDIUM("medium"),
  /** Data is staged where it can be taken from. */
  HIGH("high"),
  /** What was copied is what was staged, or all of the way of the data was seen. */
  CRITICAL("critical");

  private final String published;

  Severity(String published) {
    this.published = published;
  }

  /** The name that alerts carry as {@code severity}. */
  public String published() {
    return published;
  }
}
