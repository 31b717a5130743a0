package io.stagehound.signal;

/**
 * What may be found on one event beyond the five indicators: it stands beside the score, never in
 * it. The names are Flink state: they never change.
 */
public enum Signal {
  /** A copy writes, or may write, to a UNC path. */
  COPY_TO_UNC("copy-to-unc"),
  /** A copy reads from a UNC path. */
  COPY_FROM_UNC("copy-from-unc"),
  /** A UNC path written to is the machine itself. */
  LOOPBACK_TARGET("loopback-target"),
  /** A UNC path written to is an administrative share: {@code C$}, {@code ADMIN$}, … */
  ADMIN_SHARE_TARGET("admin-share-target"),
  /** A UNC path written to is a share that listings leave out: its name ends in a dollar sign. */
  HIDDEN_SHARE_TARGET("hidden-share-target"),
  /** The server of a UNC path written to is an address of IPv6. */
  IPV6_TARGET("ipv6-target"),
  /** A UNC path is written with slashes: {@code //server/share}. */
  FORWARD_SLASH_PATH("forward-slash-path"),
  /** A UNC path is written as one of devices: {@code \\?\UNC\server\share}. */
  DEVICE_PATH("device-path"),
  /** A UNC path is reached over WebDAV, not SMB: {@code \\server@SSL\DavWWWRoot}. */
  WEBDAV_PATH("webdav-path"),
  /** The server or share of a UNC path holds a variable that the event does not tell. */
  UNEXPANDED_VARIABLE("unexpanded-variable"),
  /** A copy reaches a place through a drive or folder that is mapped to it. */
  MAPPED_DRIVE("mapped-drive"),
  /** A program runs under another name than the one it was built with. */
  RENAMED_TOOL("renamed-tool"),
  /** A copy calls its cmdlet by an alias: {@code cpi}, {@code mv}, … */
  COPY_ALIAS("copy-alias"),
  /** A copy is made by a command that the five indicators do not look for. */
  OTHER_COPY_TOOL("other-copy-tool"),
  /** A copy is made inside of PowerShell, so that no process start tells of it. */
  IN_PROCESS_COPY("in-process-copy"),
  /** PowerShell is given its command encoded. */
  ENCODED_COMMAND("encoded-command");

  private final String published;

  Signal(String published) {
    this.published = published;
  }

  /** The name that detections carry in {@code signals}. */
  public String published() {
    return published;
  }
}
