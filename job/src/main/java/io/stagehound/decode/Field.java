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
  /** The account that a record was written under: of PowerShell's, the one that ran the script. */
  ACCOUNT,
  ACCOUNT_DOMAIN,
  ACCOUNT_NAME,
  IMAGE,
  COMMAND_LINE,
  CURRENT_DIRECTORY,
  ORIGINAL_FILE_NAME,
  PROCESS_GUID,
  /**
   * {@code ProcessId}: Sysmon's of the process itself, but Security's of the one that started it.
   */
  PROCESS_ID,
  PARENT_IMAGE,
  PARENT_COMMAND_LINE,
  PARENT_PROCESS_GUID,
  TARGET_FILENAME,
  LOGON_ID,
  INTEGRITY_LEVEL,
  HASHES,
  RULE_NAME,
  INITIATED,
  SOURCE_IP,
  DESTINATION_IP,
  DESTINATION_HOSTNAME,
  DESTINATION_PORT,
  SUBJECT_USER_NAME,
  SUBJECT_DOMAIN_NAME,
  SUBJECT_LOGON_ID,
  TARGET_USER_NAME,
  TARGET_DOMAIN_NAME,
  TARGET_LOGON_ID,
  NEW_PROCESS_ID,
  NEW_PROCESS_NAME,
  PARENT_PROCESS_NAME,
  IP_ADDRESS,
  SHARE_NAME,
  RELATIVE_TARGET_NAME,
  ACCESS_MASK,
  /** What PowerShell tells of where a command ran, in lines {@code Name = value}. */
  CONTEXT_INFO,
  PAYLOAD,
  SCRIPT_BLOCK_TEXT,
  SCRIPT_BLOCK_ID,
  MESSAGE_NUMBER,
  MESSAGE_TOTAL,
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
