package io.stagehound.decode;

import io.stagehound.event.EventProvider;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** By what a record tells who wrote it, since others use the same event ids. */
final class Providers {

  /**
   * What a provider goes by.
   *
   * @param guids as {@link #guid} has them
   * @param channelIsShared whether others write to the channel too, so that it tells the provider
   *     only where the record names none
   */
  private record Identity(
      List<String> names, List<String> guids, List<String> channels, boolean channelIsShared) {}

  private static final Map<EventProvider, Identity> IDENTITIES =
      new EnumMap<>(
          Map.of(
              EventProvider.SYSMON,
              new Identity(
                  List.of("Microsoft-Windows-Sysmon"),
                  List.of("5770385F-C22A-43E0-BF4C-06F5698FFBD9"),
                  List.of("Microsoft-Windows-Sysmon/Operational"),
                  false),
              EventProvider.SECURITY,
              new Identity(
                  List.of("Microsoft-Windows-Security-Auditing"),
                  List.of("54849625-5478-4994-A5BA-3E3B0328C30D"),
                  List.of("Security"),
                  true),
              // Not the provider PowerShell, which writes to the channel Windows PowerShell.
              EventProvider.POWERSHELL,
              new Identity(
                  List.of("Microsoft-Windows-PowerShell", "PowerShellCore"),
                  List.of(
                      "A0C1853B-5C40-4B15-8766-3CF1C58F985A",
                      "F90714A8-5509-434A-BF6D-B1624C8A19A2"),
                  List.of("Microsoft-Windows-PowerShell/Operational", "PowerShellCore/Operational"),
                  false)));

  private Providers() {}

  /** Whether this provider wrote the record. */
  static boolean wrote(EventProvider provider, FieldValues values) {
    Identity identity = Objects.requireNonNull(IDENTITIES.get(provider), provider::name);
    String name = values.get(Field.PROVIDER);
    if (isOneOf(identity.names(), name)) {
      return true;
    }
    String guid = values.get(Field.PROVIDER_GUID);
    if (guid != null && identity.guids().contains(guid(guid))) {
      return true;
    }
    boolean channelTells = !identity.channelIsShared() || (name == null && guid == null);
    return channelTells && isOneOf(identity.channels(), values.get(Field.CHANNEL));
  }

  private static boolean isOneOf(List<String> names, @Nullable String text) {
    for (String name : names) {
      if (name.equalsIgnoreCase(text)) {
        return true;
      }
    }
    return false;
  }

  /** Upper case, without braces: shapes differ in both. */
  static String guid(String text) {
    String guid = text.strip();
    if (guid.startsWith("{") && guid.endsWith("}")) {
      guid = guid.substring(1, guid.length() - 1);
    }
    return guid.toUpperCase(Locale.ROOT);
  }
}
