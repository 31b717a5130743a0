package io.stagehound.commandline;

import io.stagehound.event.Text;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path {@code \\server\share\path}, as <a
 * href="https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/62e862f4-2a51-452e-8eeb-dc4ff5ee33cc">
 * MS-DTYP 2.2.57</a> has it.
 *
 * @param server the host name or address, as written
 * @param share the share name, as written
 * @param path what follows the share, without a leading backslash; null when nothing does
 */
public record UncPath(String server, String share, @Nullable String path) {

  private static final int LONGEST_NAME = 255;

  /** The roots of WMI's namespaces, which are written as if {@code root} were a server or share. */
  private static final Set<String> WMI_NAMESPACES =
      Set.of(
          "aspnet",
          "cimv2",
          "default",
          "directory",
          "interop",
          "microsoft",
          "microsoftdns",
          "rsop",
          "securitycenter",
          "securitycenter2",
          "standardcimv2",
          "subscription",
          "wmi");

  /** What a server has in place of shares: nothing that files are copied to. */
  private static final Set<String> NO_SHARES = Set.of("pipe", "mailslot");

  /**
   * The UNC path that this text is; null when it is none. Only a whole text is one, not a part of
   * it; {@code C:\\Windows}, {@code \\.\pipe\x}, {@code \\?\C:\x}, {@code \\host\pipe\x} and the
   * WMI namespaces {@code \\root\cimv2} and {@code \\host\root\cimv2} are not, nor is a server
   * without a share, nor a text longer than a path can be. Behind the server, slashes and doubled
   * separators are separators, as they are to Windows.
   */
  static @Nullable UncPath parse(String text) {
    if (!text.startsWith("\\\\") || text.length() > WindowsPath.LONGEST) {
      return null;
    }
    String tidy = WindowsPath.tidy(text.replace('/', '\\'));
    int serverEnd = tidy.indexOf('\\', 2);
    if (serverEnd < 0 || !isServer(tidy.substring(2, serverEnd))) {
      return null;
    }
    int shareEnd = tidy.indexOf('\\', serverEnd + 1);
    String share = tidy.substring(serverEnd + 1, shareEnd < 0 ? tidy.length() : shareEnd);
    String rest = shareEnd < 0 ? "" : stripBackslashes(tidy.substring(shareEnd));
    UncPath path = new UncPath(tidy.substring(2, serverEnd), share, rest.isEmpty() ? null : rest);
    return path.isShare() ? path : null;
  }

  private static boolean isServer(String name) {
    return isName(name) && !name.equals(".") && !name.equals("?") && name.indexOf(' ') < 0;
  }

  /** Whether it may name a server or a share; a variable in it stands for what may. */
  private static boolean isName(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      return false;
    }
    int at = 0;
    while (at < name.length()) {
      int end = Variables.endOfVariable(name, at);
      char c = name.charAt(at);
      if (end < 0 && (c < ' ' || ":*?\"<>|".indexOf(c) >= 0)) {
        return false;
      }
      at = Math.max(at + 1, end);
    }
    return true;
  }

  private boolean isShare() {
    String first = path == null ? "" : path;
    int end = first.indexOf('\\');
    String below = end < 0 ? first : first.substring(0, end);
    return isName(share)
        && !NO_SHARES.contains(share.toLowerCase(Locale.ROOT))
        && !(server.equalsIgnoreCase("root") && isNamespace(share))
        && !(share.equalsIgnoreCase("root") && isNamespace(below));
  }

  private static boolean isNamespace(String name) {
    return WMI_NAMESPACES.contains(name.toLowerCase(Locale.ROOT));
  }

  private static String stripBackslashes(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == '\\') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == '\\') {
      end--;
    }
    return text.substring(start, end);
  }

  /**
   * Whether the server is the machine itself: {@link #isLoopback()}, or that machine's own name,
   * with or without a domain.
   *
   * @param hostKey the machine's name without its domain, or its address; empty when not known
   */
  public boolean isLoopback(String hostKey) {
    boolean named =
        !hostKey.isEmpty()
            && server.regionMatches(true, 0, hostKey, 0, hostKey.length())
            && (server.length() == hostKey.length() || server.charAt(hostKey.length()) == '.');
    return named || isLoopback();
  }

  /** Whether the server is the machine itself, by a name or address that every machine has. */
  boolean isLoopback() {
    String name = server.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || isLoopbackAddress(name)
        || name.equals("--1.ipv6-literal.net")
        || name.equals("0--1.ipv6-literal.net")
        || name.equals("%computername%")
        || name.equals("$env:computername");
  }

  /** {@code 127.a.b.c}; the host {@code 127.evil.example} has a name that only begins like it. */
  private static boolean isLoopbackAddress(String name) {
    return name.startsWith("127.")
        && name.chars().filter(c -> c == '.').count() == 3
        && !name.contains("..")
        && !name.endsWith(".")
        && name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /**
   * Whether Windows makes the share for administrators: {@code C$}, {@code ADMIN$}, {@code IPC$}.
   */
  public boolean isAdminShare() {
    String name = share.toLowerCase(Locale.ROOT);
    boolean drive =
        name.length() == 2 && name.charAt(0) >= 'a' && name.charAt(0) <= 'z' && name.endsWith("$");
    return drive || name.equals("admin$") || name.equals("ipc$");
  }

  /** The same path with what follows the share cut to at most {@code limit} characters. */
  UncPath cutTo(int limit) {
    return path == null ? this : new UncPath(server, share, Text.cut(path, limit));
  }

  /** The path as Windows writes it. */
  public String text() {
    return "\\\\" + server + "\\" + share + (path == null ? "" : "\\" + path);
  }
}
