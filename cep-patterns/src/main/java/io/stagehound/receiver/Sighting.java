package io.stagehound.receiver;

import io.stagehound.event.HostName;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that may bear out a copy to a share, and means nothing alone.
 *
 * @param kind how it was seen
 * @param server the key of the server, {@link HostName#key}, or its address
 * @param host for a connection, the key of the host that it comes from; else null
 * @param share for an access, the share's name; else null
 * @param user for an access, the account; null when it is not told
 * @param path the file, as the server knows it; null where none is told
 * @param time when it happened, in milliseconds since the epoch, UTC
 */
public record Sighting(
    SightingKind kind,
    String server,
    @Nullable String host,
    @Nullable String share,
    @Nullable String user,
    @Nullable String path,
    long time) {

  private static final int LONGEST_PATH = 1024;

  /** Who writes what comes through a share, by Sysmon's {@code Image}. */
  private static final String KERNEL = "System";

  /** What this event is to copies: nothing, for most; two, where a server has name and address. */
  public static List<Sighting> of(SysmonEvent event) {
    return switch (event.type()) {
      case FILE_CREATE ->
          KERNEL.equalsIgnoreCase(event.image())
              ? List.of(atServer(SightingKind.RECEIVED, event, event.targetFilename()))
              : List.of();
      case SHARE_FILE_ACCESS ->
          List.of(atServer(SightingKind.SHARE_FILE_ACCESS, event, event.relativeTargetName()));
      case SHARE_ACCESS -> List.of(atServer(SightingKind.SHARE_ACCESS, event, null));
      case NETWORK_CONNECT -> connections(event);
      case PROCESS_CREATE, SECURITY_PROCESS_CREATE, MODULE_LOG, SCRIPT_BLOCK -> List.of();
    };
  }

  private static Sighting atServer(SightingKind kind, SysmonEvent event, @Nullable String path) {
    return new Sighting(
        kind,
        event.hostKey(),
        null,
        share(event.shareName()),
        kind == SightingKind.RECEIVED ? null : event.user(),
        path == null ? null : Text.cut(path, LONGEST_PATH),
        event.time());
  }

  /** {@code \\\\*\\name}. */
  private static @Nullable String share(@Nullable String shareName) {
    return shareName == null ? null : shareName.substring(shareName.lastIndexOf('\\') + 1);
  }

  private static List<Sighting> connections(SysmonEvent event) {
    List<Sighting> connections = new ArrayList<>();
    for (String server : new String[] {event.destinationHostname(), event.destinationIp()}) {
      if (server != null && !server.equals("-")) {
        connections.add(
            new Sighting(
                SightingKind.CONNECTION,
                HostName.key(server),
                event.hostKey(),
                null,
                null,
                null,
                event.time()));
      }
    }
    return connections;
  }
}
