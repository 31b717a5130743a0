package io.stagehound.event;

/**
 * Which field of a record gave an event its time, most trusted first. Only Sysmon's own {@code
 * UtcTime} is always UTC; the others are written by collectors, some of them in local time with a
 * false {@code Z}.
 */
public enum TimeSource {
  /** Sysmon's {@code UtcTime}. */
  UTC_TIME("UtcTime"),
  /** The record's system time: {@code System/TimeCreated}, {@code TimeCreated}. */
  SYSTEM_TIME("TimeCreated"),
  /** A time that a shipper or collector wrote: {@code @timestamp}, {@code TimeGenerated}. */
  SHIPPER_TIME("shipper");

  private final String published;

  TimeSource(String published) {
    this.published = published;
  }

  /** The name that detections carry as {@code time_source}. */
  public String published() {
    return published;
  }
}
