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

  /** Why fields are no record: there may be any number of such objects in a log. */
  static final String NO_EVENT_ID = "no EventID: not a Windows event record";

  /** As long as a name in DNS may be. It becomes the key that all of a host's state has. */
  private static final int LONGEST_HOST = 255;

  private static final String IPV4_IN_IPV6 = "::ffff:";

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
    Optional<EventType> kind = EventType.of(eventId(values.get(Field.EVENT_ID)));
    if (kind.isEmpty() || !Providers.wrote(kind.get().provider(), values)) {
      return Optional.empty();
    }
    EventType type = kind.get();
    UnnamedFields.fill(type, values);
    return Relevance.isRelevant(type, values) ? Optional.of(event(type, values)) : Optional.empty();
  }

  /** Whether the event id is that of no kind that matters, whatever else the record holds. */
  static boolean isIrrelevant(FieldValues values) {
    try {
      return values.isDecided(Field.EVENT_ID)
          && EventType.of(eventId(values.get(Field.EVENT_ID))).isEmpty();
    } catch (UnusableRecordException e) {
      return false;
    }
  }

  private static long eventId(@Nullable String text) throws UnusableRecordException {
    if (text == null) {
      throw new UnusableRecordException(NO_EVENT_ID);
    }
    String number = text.strip();
    if (number.endsWith(".0")) {
      number = number.substring(0, number.length() - 2);
    }
    if (!isDigits(number) || number.length() > MOST_DIGITS_OF_AN_EVENT_ID) {
      throw new UnusableRecordException("EventID is not an event's number: " + cut(text));
    }
    return Long.parseLong(number);
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static SysmonEvent event(EventType type, FieldValues values)
      throws UnusableRecordException {
    String host = host(values.get(Field.HOST));
    if (host.isEmpty()) {
      throw new UnusableRecordException("no host: nothing to correlate the event by");
    }
    if (host.length() > LONGEST_HOST) {
      throw new UnusableRecordException(
          "host name longer than " + LONGEST_HOST + " characters: no machine has one");
    }
    Time time = time(values);
    KindFields fields = KindFields.of(type);
    return new SysmonEvent(
        type,
        time.millis(),
        time.source(),
        host,
        wellFormed(Accounts.user(type, values)),
        text(fields, values, Field.IMAGE),
        text(fields, values, Field.COMMAND_LINE),
        text(fields, values, Field.CURRENT_DIRECTORY),
        text(fields, values, Field.ORIGINAL_FILE_NAME),
        map(text(fields, values, Field.PROCESS_GUID), Providers::guid),
        processId(fields.text(Field.PROCESS_ID, values)),
        text(fields, values, Field.PARENT_IMAGE),
        text(fields, values, Field.PARENT_COMMAND_LINE),
        map(text(fields, values, Field.PARENT_PROCESS_GUID), Providers::guid),
        text(fields, values, Field.TARGET_FILENAME),
        map(wellFormed(Accounts.logonId(type, values)), EventAssembler::logonId),
        text(fields, values, Field.INTEGRITY_LEVEL),
        text(fields, values, Field.HASHES),
        map(text(fields, values, Field.RULE_NAME), EventAssembler::unlessDash),
        text(fields, values, Field.SCRIPT_BLOCK_TEXT),
        text(fields, values, Field.SCRIPT_BLOCK_ID),
        partNumber(fields.text(Field.MESSAGE_NUMBER, values)),
        partNumber(fields.text(Field.MESSAGE_TOTAL, values)),
        // Messages end it with more line breaks than the field itself does.
        map(text(fields, values, Field.PAYLOAD), String::stripTrailing),
        map(text(fields, values, Field.SOURCE_IP), EventAssembler::address),
        map(text(fields, values, Field.DESTINATION_IP), EventAssembler::address),
        map(text(fields, values, Field.DESTINATION_HOSTNAME), EventAssembler::unlessDash),
        text(fields, values, Field.SHARE_NAME),
        text(fields, values, Field.RELATIVE_TARGET_NAME));
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
    String name = wellFormed(text);
    String host = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
    return host.endsWith(".") && host.length() > 1 ? host.substring(0, host.length() - 1) : host;
  }

  /** {@code 0x3e7} and {@code 0x00000000000003e7} are the same session; 999 is it too. */
  private static String logonId(String text) {
    OptionalLong id = Numbers.unsigned(text);
    return id.isEmpty() ? text : "0x" + Long.toHexString(id.getAsLong());
  }

  private static @Nullable Long processId(@Nullable String text) {
    OptionalLong id = text == null ? OptionalLong.empty() : Numbers.unsigned(text);
    return id.isEmpty() || id.getAsLong() >>> Integer.SIZE != 0 ? null : id.getAsLong();
  }

  private static @Nullable Integer partNumber(@Nullable String text) {
    OptionalLong number = text == null ? OptionalLong.empty() : Numbers.unsigned(text);
    return number.isEmpty() || number.getAsLong() >>> (Integer.SIZE - 1) != 0
        ? null
        : Integer.valueOf((int) number.getAsLong());
  }

  /** An IPv4 address that came as one of IPv6, {@code ::ffff:192.0.2.1}, is that address. */
  private static @Nullable String address(String text) {
    boolean mapped =
        text.regionMatches(true, 0, IPV4_IN_IPV6, 0, IPV4_IN_IPV6.length())
            && text.indexOf('.') > 0;
    return mapped ? text.substring(IPV4_IN_IPV6.length()) : unlessDash(text);
  }

  /** A dash is how Windows writes that there is none. */
  private static @Nullable String unlessDash(String text) {
    return text.equals("-") ? null : text;
  }

  /** A canonical form of a field's text. */
  private interface Canonical {
    @Nullable String of(String text);
  }

  private static @Nullable String map(@Nullable String text, Canonical canonical) {
    return text == null ? null : canonical.of(text);
  }

  private static @Nullable String text(KindFields fields, FieldValues values, Field field) {
    return wellFormed(fields.text(field, values));
  }

  /** An unpaired surrogate, which JSON can spell, cannot be written as UTF-8. */
  private static @Nullable String wellFormed(@Nullable String text) {
    if (text == null) {
      return null;
    }
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
