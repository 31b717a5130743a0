package io.stagehound.event;

/**
 * Which field of a record gave an event its time, most trusted first. Only Sysmon's own {@code
 * UtcTime} is always UTC; the others are written by collectors, some of them in local time with a
 * false {@code Z}.
 */
public enum TimeSource {
  /** Sysmon's {@code UtcTime}. */
  UTC_TIME,
  /** The record's system time: {@code System/TimeCreated}, {@code TimeCreated}. */
  SYSTEM_TIME,
  /** A time that a shipper or collector wrote: {@code @timestamp}, {@code TimeGenerated}. */
  SHIPPER_TIME
}
