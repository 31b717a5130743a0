package io.stagehound.benchmarks;

/** What varies between records of one kind. */
enum Slot {
  UTC_TIME,
  EVENT_TIME,
  SHIPPED_TIME,
  RECORD_NUMBER,
  HOST,
  USER,
  GUID,
  PID,
  PROGRAM,
  IMAGE,
  ORIGINAL_NAME,
  TEXT,
  KEY,
  HASHES,
  PORT,
  OTHER_GUID,
  OTHER_PID,
  OTHER_IMAGE
}
