package io.stagehound.commandline;

/** Which way a copy command moves data, seen from the host that runs it. */
public enum CopyDirection {
  /** Some destination is a UNC path and no source is. */
  TO_UNC("to-unc"),
  /** Some source is a UNC path and no destination is: a pull. */
  FROM_UNC("from-unc"),
  /** A UNC path at both ends. */
  BOTH("both"),
  /** A UNC path is there, but which end it is, if it is one, cannot be told. */
  UNKNOWN("unknown"),
  /** No UNC path is there; but a drive at an end may be mapped to one. */
  LOCAL("local");

  private final String published;

  CopyDirection(String published) {
    this.published = published;
  }

  /** The name that detections carry as {@code copy.direction}. */
  public String published() {
    return published;
  }

  /** Whether data may leave for a UNC path: everything but a pull and a local copy. */
  public boolean mayPush() {
    return this != FROM_UNC && this != LOCAL;
  }

  /** Whether data is known to come from a UNC path. */
  public boolean pulls() {
    return this == FROM_UNC || this == BOTH;
  }
}
