package io.stagehound.event;

/** The providers of Windows events that Stagehound reads. */
public enum EventProvider {
  /** {@code Microsoft-Windows-Sysmon}. */
  SYSMON,
  /** {@code Microsoft-Windows-Security-Auditing}. */
  SECURITY,
  /** {@code Microsoft-Windows-PowerShell}, and {@code PowerShellCore} of PowerShell 6 and later. */
  POWERSHELL
}
