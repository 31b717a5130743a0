package io.stagehound.decode;

/** What is read of a record, under one name for all shapes. */
enum Field {
  EVENT_ID,
  PROVIDER,
  PROVIDER_GUID,
  CHANNEL,
  HOST,
  UTC_TIME,
  SYSTEM_TIME,
  SHIPPER_TIME,
  USER,
  /** The two parts of {@link #USER}, where a shape parts it. */
  USER_DOMAIN,
  USER_NAME,
  /** Present when the parts of the user are those of the account that wrote the log. */
  USER_OF_LOGGER,
  IMAGE,
  COMMAND_LINE,
  CURRENT_DIRECTORY,
  ORIGINAL_FILE_NAME,
  PROCESS_GUID,
  PROCESS_ID,
  PARENT_IMAGE,
  PARENT_COMMAND_LINE,
  PARENT_PROCESS_GUID,
  TARGET_FILENAME,
  LOGON_ID,
  INTEGRITY_LEVEL,
  HASHES,
  RULE_NAME,
  /** The event as text: a heading, then a line {@code Key: value} for each field. */
  MESSAGE,
  /** A whole record, as JSON or XML text. */
  WRAPPED,
  /** Named fields, as JSON or XML text. */
  EVENT_DATA_TEXT,
  /** Name and text of one entry in a list of named fields. */
  ITEM_NAME,
  ITEM_TEXT
}
