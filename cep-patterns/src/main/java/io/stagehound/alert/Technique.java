package io.stagehound.alert;

/**
 * A technique of MITRE ATT&CK.
 *
 * @param id {@code T1074.002}
 * @param name its name, with its parent's
 * @param tacticId the tactic it serves here
 * @param tacticName the tactic's name
 */
public record Technique(String id, String name, String tacticId, String tacticName) {

  /** <a href="https://attack.mitre.org/techniques/T1074/002/">T1074.002</a>. */
  public static final Technique REMOTE_DATA_STAGING =
      collection("T1074.002", "Data Staged: Remote Data Staging");

  /** <a href="https://attack.mitre.org/techniques/T1074/001/">T1074.001</a>. */
  public static final Technique LOCAL_DATA_STAGING =
      collection("T1074.001", "Data Staged: Local Data Staging");

  /** <a href="https://attack.mitre.org/techniques/T1039/">T1039</a>. */
  public static final Technique DATA_FROM_NETWORK_SHARED_DRIVE =
      collection("T1039", "Data from Network Shared Drive");

  /** <a href="https://attack.mitre.org/techniques/T1560/">T1560</a>. */
  public static final Technique ARCHIVE_COLLECTED_DATA =
      collection("T1560", "Archive Collected Data");

  private static Technique collection(String id, String name) {
    return new Technique(id, name, "TA0009", "Collection");
  }
}
