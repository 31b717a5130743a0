package io.stagehound.step;

/**
 * How an event came, measured by the clock of the hunt. In a hunt through history everything is on
 * time. The names are Flink state: they never change.
 */
public enum Arrival {
  /** In its time, up to the out-of-orderness that is allowed for. */
  ON_TIME,
  /** After event time had passed it: its host was offline, or a shipper was slow. */
  LATE,
  /** From the future: the clock of its host is ahead of the hunt's. */
  CLOCK_AHEAD
}
