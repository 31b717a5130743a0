package io.stagehound.event;

import java.util.List;
import java.util.Optional;

/** The kinds of record that Stagehound reads; every other kind is not relevant to it. */
public enum EventType {
  /**
   * Sysmon 1: a process was started.
   *
   * @see <a
   *     href="https://learn.microsoft.com/sysinternals/downloads/sysmon#event-id-1-process-creation">
   *     Event ID 1: Process creation</a>
   */
  PROCESS_CREATE(EventProvider.SYSMON, 1, "ProcessCreate"),
  /**
   * Sysmon 3: a connection was opened; only to SMB, port 445.
   *
   * @see <a
   *     href="https://learn.microsoft.com/sysinternals/downloads/sysmon#event-id-3-network-connection">
   *     Event ID 3: Network connection</a>
   */
  NETWORK_CONNECT(EventProvider.SYSMON, 3, "NetworkConnect"),
  /**
   * Sysmon 11: a file was created or overwritten.
   *
   * @see <a
   *     href="https://learn.microsoft.com/sysinternals/downloads/sysmon#event-id-11-filecreate">
   *     Event ID 11: FileCreate</a>
   */
  FILE_CREATE(EventProvider.SYSMON, 11, "FileCreate"),
  /**
   * Security 4688: a process was started, as seen without Sysmon.
   *
   * @see <a
   *     href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/event-4688">
   *     4688: A new process has been created</a>
   */
  SECURITY_PROCESS_CREATE(EventProvider.SECURITY, 4688, "SecurityProcessCreate"),
  /**
   * Security 5140: a share of this machine was accessed.
   *
   * @see <a
   *     href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/event-5140">
   *     5140: A network share object was accessed</a>
   */
  SHARE_ACCESS(EventProvider.SECURITY, 5140, "ShareAccess"),
  /**
   * Security 5145: a file on a share of this machine was accessed; only for writing.
   *
   * @see <a
   *     href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/event-5145">
   *     5145: A network share object was checked</a>
   */
  SHARE_FILE_ACCESS(EventProvider.SECURITY, 5145, "ShareFileAccess"),
  /**
   * PowerShell 4103: a command ran, with the values of its parameters.
   *
   * @see <a
   *     href="https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows">
   *     about_Logging_Windows: module logging</a>
   */
  MODULE_LOG(EventProvider.POWERSHELL, 4103, "ModuleLog"),
  /**
   * PowerShell 4104: a script block was compiled, or a part of one.
   *
   * @see <a
   *     href="https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows#enabling-script-block-logging">
   *     about_Logging_Windows: script block logging</a>
   */
  SCRIPT_BLOCK(EventProvider.POWERSHELL, 4104, "ScriptBlock");

  private static final List<EventType> ALL = List.of(values());

  private final EventProvider provider;
  private final int eventId;
  private final String published;

  EventType(EventProvider provider, int eventId, String published) {
    this.provider = provider;
    this.eventId = eventId;
    this.published = published;
  }

  /** Who writes such records. */
  public EventProvider provider() {
    return provider;
  }

  /** The event id, as in the record's {@code EventID}. */
  public int eventId() {
    return eventId;
  }

  /** The name that detections carry as {@code EventType}. */
  public String published() {
    return published;
  }

  /** Whether it is one of the two kinds that the published indicators look at. */
  public boolean isScored() {
    return this == PROCESS_CREATE || this == FILE_CREATE;
  }

  /**
   * Whether it tells again what Sysmon tells where it runs, or what another such record tells: each
   * by itself is worth a detection, all together are one.
   */
  public boolean isSecondHand() {
    return provider != EventProvider.SYSMON;
  }

  /** Whether it tells of a process that was started. */
  public boolean isProcessStart() {
    return this == PROCESS_CREATE || this == SECURITY_PROCESS_CREATE;
  }

  /** The type of records with this id; empty when no provider's are relevant. */
  public static Optional<EventType> of(long eventId) {
    for (EventType type : ALL) {
      if (type.eventId == eventId) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
