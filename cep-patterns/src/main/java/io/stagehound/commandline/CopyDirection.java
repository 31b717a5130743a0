package io.stagehound.commandline;

/** Which way a copy command moves data, seen from the host that runs it. */
public enum CopyDirection {
  /** Some destination is a UNC path and no source is. */
  TO_UNC,
  /** Some source is a UNC path and no destination is: a pull. */
  FROM_UNC,
  /** A UNC path at both ends. */
  BOTH,
  /** A UNC path is there, but which end it is cannot be told. */
  UNKNOWN;

  /** Whether data may leave for a UNC path: everything but a pull. */
  public boolean mayPush() {
    return this != FROM_UNC;
  }
}
