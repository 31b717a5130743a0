package io.stagehound.commandline;

import io.stagehound.event.HostName;
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

  /** What stands before the server in a path of devices, whose root is {@code ?} or {@code .}. */
  private static final String DEVICE_ROOT = "\\\\?\\UNC\\";

  /** Behind an address of IPv6, whose colons no file name may hold. */
  private static final String IPV6_SUFFIX = ".ipv6-literal.net";

  /**
   * The UNC path that this text is; null when it is none. Only a whole text is one, not a part of
   * it; {@code C:\\Windows}, {@code \\.\pipe\x}, {@code \\?\C:\x}, {@code \\host\pipe\x} and the
   * WMI namespaces {@code \\root\cimv2} and {@code \\host\root\cimv2} are not, nor is a server
   * without a share, nor a text longer than a path can be. Behind the server, slashes and doubled
   * separators are separators, as they are to Windows.
   */
  static @Nullable UncPath parse(String text) {
    if (!mayBegin(text) || text.length() > WindowsPath.LONGEST) {
      return null;
    }
    String tidy = WindowsPath.tidy(text.replace('/', '\\'));
    int serverAt = serverAt(tidy);
    int serverEnd = serverAt < 0 ? -1 : tidy.indexOf('\\', serverAt);
    if (serverEnd < 0 || !isServer(tidy.substring(serverAt, serverEnd))) {
      return null;
    }
    String server = withoutPort(tidy.substring(serverAt, serverEnd));
    int shareEnd = tidy.indexOf('\\', serverEnd + 1);
    String share = tidy.substring(serverEnd + 1, shareEnd < 0 ? tidy.length() : shareEnd);
    String rest = shareEnd < 0 ? "" : stripBackslashes(tidy.substring(shareEnd));
    UncPath path = new UncPath(server, share, rest.isEmpty() ? null : rest);
    return path.isShare() ? path : null;
  }

  /** Whether the text begins as one may: what nearly no word of a line does. */
  private static boolean mayBegin(String text) {
    if (text.length() < 2) {
      return false;
    }
    char first = text.charAt(0);
    char second = text.charAt(1);
    return ((first == '%' || first == '$') && Variables.isLogonServer(text))
        || (WindowsPath.isSeparator(first) && (WindowsPath.isSeparator(second) || second == '?'));
  }

  /** Where the server begins; -1 for nowhere. */
  private static int serverAt(String text) {
    if (isDevice(text)) {
      return DEVICE_ROOT.length();
    }
    if (text.startsWith("\\\\")) {
      return 2;
    }
    // Its value begins with the two backslashes.
    return Variables.isLogonServer(text) ? 0 : -1;
  }

  /** Whether the text is a path of devices that leads to a server: {@code \\?\UNC\server}. */
  static boolean isDevice(String text) {
    if (text.length() <= DEVICE_ROOT.length()) {
      return false;
    }
    for (int i = 0; i < DEVICE_ROOT.length(); i++) {
      char c = Character.toUpperCase(text.charAt(i));
      boolean root = (i == 1 && c == '?') || (i == 2 && (c == '?' || c == '.'));
      if (!root && (c == '/' ? '\\' : c) != DEVICE_ROOT.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The server without what tells WebDAV how to reach it: {@code @SSL}, {@code @8080}. */
  private static String withoutPort(String name) {
    int end = portAt(name);
    return end < 0 ? name : name.substring(0, end);
  }

  /** Where {@code @SSL}, {@code @8080} or both begin in a server's name; -1 for nowhere. */
  private static int portAt(String name) {
    int at = name.indexOf('@');
    if (at <= 0) {
      return -1;
    }
    for (String part : name.substring(at + 1).split("@", -1)) {
      boolean port = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!port && !part.equalsIgnoreCase("ssl")) {
        return -1;
      }
    }
    return at;
  }

  /** Whether the text is a UNC path that WebDAV serves. */
  static boolean isWebDav(String text) {
    UncPath path = parse(text);
    if (path == null) {
      return false;
    }
    String tidy = WindowsPath.tidy(text.replace('/', '\\'));
    int at = serverAt(tidy);
    return path.share.equalsIgnoreCase("DavWWWRoot")
        || portAt(tidy.substring(at, tidy.indexOf('\\', at))) >= 0;
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

  /**
   * The server as {@link HostName#key} knows it; for the machine itself its own key.
   *
   * @param hostKey as {@link #isLoopback(String)}
   */
  public String serverKey(String hostKey) {
    return isLoopback(hostKey) ? hostKey : HostName.key(server);
  }

  /** Whether the server is the machine itself, by a name or address that every machine has. */
  boolean isLoopback() {
    String name = server.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || isLoopbackAddress(name)
        || (isIpv6() && isLoopbackLiteral(name))
        || name.equals("%computername%")
        || name.equals("!computername!")
        || name.equals("$env:computername")
        || name.equals("${env:computername}");
  }

  /** Whether the server is an address of IPv6: {@code fe80--1s4.ipv6-literal.net}. */
  boolean isIpv6() {
    int start = server.length() - IPV6_SUFFIX.length();
    return start > 0 && server.regionMatches(true, start, IPV6_SUFFIX, 0, IPV6_SUFFIX.length());
  }

  /** Whether an address of IPv6 is {@code ::1}, however many of its zeros are written. */
  private static boolean isLoopbackLiteral(String name) {
    String address = name.substring(0, name.length() - IPV6_SUFFIX.length());
    int zone = address.indexOf('s');
    String[] groups = (zone < 0 ? address : address.substring(0, zone)).split("-", -1);
    int last = groups.length - 1;
    for (int i = 0; i < last; i++) {
      if (!groups[i].chars().allMatch(c -> c == '0')) {
        return false;
      }
    }
    return (address.contains("--") || groups.length == 8)
        && groups[last].endsWith("1")
        && groups[last].chars().limit(groups[last].length() - 1L).allMatch(c -> c == '0');
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

  /** Whether listings of the server leave the share out, though no administrative one. */
  boolean isHiddenShare() {
    return share.endsWith("$") && !isAdminShare();
  }

  /** Whether the server or the share holds a variable. */
  boolean hasVariable() {
    return isOpen(server) || isOpen(share);
  }

  /** Whether a name holds a variable, or a place that something is formatted into: {@code {0}}. */
  private static boolean isOpen(String name) {
    return Variables.anyIn(name) || name.indexOf('{') >= 0 || name.contains("$(");
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
