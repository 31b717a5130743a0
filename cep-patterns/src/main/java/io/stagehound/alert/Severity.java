package io.stagehound.alert;

/** How bad it is if the alert is true. */
public enum Severity {
  /** An archive was staged and something was copied to a share. */
  HIGH("high"),
  /** What was copied is what was staged. */
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
