package io.stagehound.commandline;

import org.jspecify.annotations.Nullable;

/**
 * A path {@code \\server\share\path}, as <a
 * href="https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/62e862f4-2a51-452e-8eeb-dc4ff5ee33cc">
 * MS-DTYP 2.2.57</a> has it.
 *
 * @param server the host name or address, as written
 * @param share the share name, as written; null when the path ends at the server
 * @param path what follows the share, without a leading backslash; null when nothing does
 */
public record UncPath(String server, @Nullable String share, @Nullable String path) {

  /** Whether the server is the machine itself. */
  public boolean isLoopback() {
    return server.startsWith("127.");
  }

  /** Whether the share is one that Windows makes for administrators. */
  public boolean isAdminShare() {
    return share != null && share.endsWith("$");
  }

  /** The path as Windows writes it. */
  public String text() {
    return "\\\\"
        + server
        + (share == null ? "" : "\\" + share)
        + (path == null ? "" : "\\" + path);
  }
}
