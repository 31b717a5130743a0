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
      new Technique("T1074.002", "Data Staged: Remote Data Staging", "TA0009", "Collection");
}
