package io.stagehound.receiver;

/** How a copy is seen from elsewhere. The names are Flink state: they never change. */
public enum SightingKind {
  /** The kernel of the server, which serves its shares, wrote the file: Sysmon 11 of System. */
  RECEIVED("received"),
  /** The file was opened for writing through the share: Security 5145. */
  SHARE_FILE_ACCESS("share-file-access"),
  /** The share was accessed: Security 5140. */
  SHARE_ACCESS("share-access"),
  /** The copying host connected to the server's SMB port: Sysmon 3. */
  CONNECTION("smb-connection");

  private final String published;

  SightingKind(String published) {
    this.published = published;
  }

  /** The name that alerts carry. */
  public String published() {
    return published;
  }
}
