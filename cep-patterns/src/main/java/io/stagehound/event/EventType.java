package io.stagehound.event;

import java.util.Optional;

/** The kinds of record that Stagehound reads; every other kind is not relevant to it. */
public enum EventType {
  /** Sysmon 1: a process was started. */
  PROCESS_CREATE(1, "ProcessCreate"),
  /** Sysmon 11: a file was created or overwritten. */
  FILE_CREATE(11, "FileCreate");

  private final int eventId;
  private final String published;

  EventType(int eventId, String published) {
    this.eventId = eventId;
    this.published = published;
  }

  /** The Sysmon event id, as in the record's {@code EventID}. */
  public int eventId() {
    return eventId;
  }

  /** The name that detections carry as {@code EventType}. */
  public String published() {
    return published;
  }

  /** The type of a Sysmon record with this id; empty when the id is not relevant. */
  public static Optional<EventType> ofSysmon(long eventId) {
    if (eventId == PROCESS_CREATE.eventId) {
      return Optional.of(PROCESS_CREATE);
    }
    return eventId == FILE_CREATE.eventId ? Optional.of(FILE_CREATE) : Optional.empty();
  }
}
