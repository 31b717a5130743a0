package io.stagehound.decode;

import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes an event of the fields of a record, each in its one canonical form. */
final class EventAssembler {

  private static final String SYSMON_PROVIDER = "Microsoft-Windows-Sysmon";
  private static final String SYSMON_CHANNEL = "Microsoft-Windows-Sysmon/Operational";
  private static final String SYSMON_GUID = "5770385F-C22A-43E0-BF4C-06F5698FFBD9";

  /** Why fields are no record: there may be any number of such objects in a log. */
  static final String NO_EVENT_ID = "no EventID: not a Windows event record";

  /** As long as a name in DNS may be. It becomes the key that all of a host's state has. */
  private static final int LONGEST_HOST = 255;

  private static final int MOST_DIGITS_OF_AN_EVENT_ID = 10;

  private EventAssembler() {}

  /** A record that Stagehound should use and cannot. There may be millions: it has no stack. */
  static final class UnusableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableRecordException(String reason) {
      super(reason, null, false, false);
    }
  }

  /** The event that these fields make; empty when it is of a kind that is not relevant. */
  static Optional<SysmonEvent> assemble(FieldValues values) throws UnusableRecordException {
    long eventId = eventId(values.get(Field.EVENT_ID));
    if (!isSysmon(values)) {
      return Optional.empty();
    }
    Optional<EventType> type = EventType.ofSysmon(eventId);
    return type.isEmpty() ? Optional.empty() : Optional.of(event(type.get(), values));
  }

  private static long eventId(@Nullable String text) throws UnusableRecordException {
    if (text == null) {
      throw new UnusableRecordException(NO_EVENT_ID);
    }
    String number = text.strip();
    if (number.endsWith(".0")) {
      number = number.substring(0, number.length() - 2);
    }
    boolean digits = !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || number.length() > MOST_DIGITS_OF_AN_EVENT_ID) {
      throw new UnusableRecordException("EventID is not an event's number: " + cut(text));
    }
    return Long.parseLong(number);
  }

  private static boolean isSysmon(FieldValues values) {
    String guid = values.get(Field.PROVIDER_GUID);
    return SYSMON_PROVIDER.equalsIgnoreCase(values.get(Field.PROVIDER))
        || SYSMON_CHANNEL.equalsIgnoreCase(values.get(Field.CHANNEL))
        || (guid != null && SYSMON_GUID.equals(guid(guid)));
  }

  private static SysmonEvent event(EventType type, FieldValues values)
      throws UnusableRecordException {
    UnnamedFields.fill(type, values);
    String host = host(values.get(Field.HOST));
    if (host.isEmpty()) {
      throw new UnusableRecordException("no host: nothing to correlate the event by");
    }
    if (host.length() > LONGEST_HOST) {
      throw new UnusableRecordException(
          "host name longer than " + LONGEST_HOST + " characters: no machine has one");
    }
    Time time = time(values);
    boolean start = type == EventType.PROCESS_CREATE;
    return new SysmonEvent(
        type,
        time.millis(),
        time.source(),
        host,
        user(values),
        text(values, Field.IMAGE),
        start ? text(values, Field.COMMAND_LINE) : null,
        start ? text(values, Field.CURRENT_DIRECTORY) : null,
        start ? text(values, Field.ORIGINAL_FILE_NAME) : null,
        map(values, Field.PROCESS_GUID, EventAssembler::guid),
        processId(values.get(Field.PROCESS_ID)),
        start ? text(values, Field.PARENT_IMAGE) : null,
        start ? text(values, Field.PARENT_COMMAND_LINE) : null,
        start ? map(values, Field.PARENT_PROCESS_GUID, EventAssembler::guid) : null,
        text(values, Field.TARGET_FILENAME),
        start ? map(values, Field.LOGON_ID, EventAssembler::logonId) : null,
        start ? text(values, Field.INTEGRITY_LEVEL) : null,
        start ? text(values, Field.HASHES) : null,
        map(values, Field.RULE_NAME, rule -> rule.equals("-") ? null : rule));
  }

  private record Time(long millis, TimeSource source) {}

  private static Time time(FieldValues values) throws UnusableRecordException {
    Time time = time(values.get(Field.UTC_TIME), TimeSource.UTC_TIME);
    if (time == null) {
      time = time(values.get(Field.SYSTEM_TIME), TimeSource.SYSTEM_TIME);
    }
    if (time == null) {
      time = time(values.get(Field.SHIPPER_TIME), TimeSource.SHIPPER_TIME);
    }
    if (time == null) {
      throw new UnusableRecordException("no time that can be read");
    }
    if (!EventTime.isPlausible(time.millis())) {
      throw new UnusableRecordException(
          "the time lies outside 1980 to 2199, where no true clock does");
    }
    return time;
  }

  private static @Nullable Time time(@Nullable String text, TimeSource source) {
    OptionalLong millis = text == null ? OptionalLong.empty() : EventTime.parse(text);
    return millis.isEmpty() ? null : new Time(millis.getAsLong(), source);
  }

  private static String host(@Nullable String text) {
    String host = text == null ? "" : wellFormed(text).strip().toLowerCase(Locale.ROOT);
    return host.endsWith(".") && host.length() > 1 ? host.substring(0, host.length() - 1) : host;
  }

  private static @Nullable String user(FieldValues values) {
    String user = text(values, Field.USER);
    String name = text(values, Field.USER_NAME);
    if (user != null || name == null || values.get(Field.USER_OF_LOGGER) != null) {
      return user;
    }
    String domain = text(values, Field.USER_DOMAIN);
    return domain == null ? name : domain + "\\" + name;
  }

  /** Upper case, without braces: shapes differ in both. */
  private static String guid(String text) {
    String guid = text.strip();
    if (guid.startsWith("{") && guid.endsWith("}")) {
      guid = guid.substring(1, guid.length() - 1);
    }
    return guid.toUpperCase(Locale.ROOT);
  }

  /** {@code 0x3e7} and {@code 0x00000000000003e7} are the same session; 999 is it too. */
  private static String logonId(String text) {
    try {
      return "0x" + Long.toHexString(unsignedNumber(text));
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static @Nullable Long processId(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      long id = unsignedNumber(text);
      return id >>> Integer.SIZE == 0 ? id : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static long unsignedNumber(String text) {
    String number = text.strip();
    return number.startsWith("0x") || number.startsWith("0X")
        ? Long.parseUnsignedLong(number.substring(2), 16)
        : Long.parseUnsignedLong(number);
  }

  /** A canonical form of a field's text. */
  private interface Canonical {
    @Nullable String of(String text);
  }

  private static @Nullable String map(FieldValues values, Field field, Canonical canonical) {
    String text = text(values, field);
    return text == null ? null : canonical.of(text);
  }

  private static @Nullable String text(FieldValues values, Field field) {
    String text = values.get(field);
    return text == null ? null : wellFormed(text);
  }

  /** An unpaired surrogate, which JSON can spell, cannot be written as UTF-8. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int[] codePoints =
            text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .toArray();
        return new String(codePoints, 0, codePoints.length);
      }
    }
    return text;
  }

  private static String cut(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
