package io.stagehound.event;

import java.util.Locale;

/** Names of machines, as one and the same machine is known by. */
public final class HostName {

  private HostName() {}

  /**
   * A machine's name without its domain, lower-cased: one machine is written as {@code WS5} by one
   * collector and as {@code ws5.corp.example} by another. An address stays whole.
   */
  public static String key(String name) {
    String host = name.toLowerCase(Locale.ROOT);
    int dot = host.indexOf('.');
    return dot <= 0 || isAddress(host) ? host : host.substring(0, dot);
  }

  private static boolean isAddress(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == ':') {
        return true;
      }
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }
}
