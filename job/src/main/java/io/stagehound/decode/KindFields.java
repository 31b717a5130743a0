package io.stagehound.decode;

import io.stagehound.event.EventType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which field of a record holds which of the event's, kind by kind: an event has Sysmon's names,
 * for which other providers have their own; and one name may mean something else in another kind.
 */
final class KindFields {

  private static final Map<EventType, KindFields> KINDS =
      new EnumMap<>(
          Map.of(
              EventType.PROCESS_CREATE,
              sysmon()
                  .has(Field.COMMAND_LINE)
                  .has(Field.CURRENT_DIRECTORY)
                  .has(Field.ORIGINAL_FILE_NAME)
                  .has(Field.PARENT_IMAGE)
                  .has(Field.PARENT_COMMAND_LINE)
                  .has(Field.PARENT_PROCESS_GUID)
                  .has(Field.TARGET_FILENAME)
                  .has(Field.LOGON_ID)
                  .has(Field.INTEGRITY_LEVEL)
                  .has(Field.HASHES),
              EventType.NETWORK_CONNECT,
              sysmon()
                  .has(Field.SOURCE_IP)
                  .has(Field.DESTINATION_IP)
                  .has(Field.DESTINATION_HOSTNAME),
              EventType.FILE_CREATE,
              sysmon().has(Field.TARGET_FILENAME),
              EventType.SECURITY_PROCESS_CREATE,
              new KindFields()
                  .has(Field.IMAGE, Field.NEW_PROCESS_NAME)
                  .has(Field.COMMAND_LINE)
                  .has(Field.PROCESS_ID, Field.NEW_PROCESS_ID)
                  .has(Field.PARENT_IMAGE, Field.PARENT_PROCESS_NAME),
              EventType.SHARE_ACCESS,
              share(),
              EventType.SHARE_FILE_ACCESS,
              share().has(Field.RELATIVE_TARGET_NAME),
              EventType.MODULE_LOG,
              new KindFields().has(Field.PAYLOAD),
              EventType.SCRIPT_BLOCK,
              new KindFields()
                  .has(Field.SCRIPT_BLOCK_TEXT)
                  .has(Field.SCRIPT_BLOCK_ID)
                  .has(Field.MESSAGE_NUMBER)
                  .has(Field.MESSAGE_TOTAL)));

  private final Map<Field, Field> sources = new EnumMap<>(Field.class);

  private KindFields() {}

  private static KindFields sysmon() {
    return new KindFields()
        .has(Field.IMAGE)
        .has(Field.PROCESS_GUID)
        .has(Field.PROCESS_ID)
        .has(Field.RULE_NAME);
  }

  private static KindFields share() {
    return new KindFields().has(Field.SOURCE_IP, Field.IP_ADDRESS).has(Field.SHARE_NAME);
  }

  private KindFields has(Field field) {
    return has(field, field);
  }

  private KindFields has(Field field, Field source) {
    sources.put(field, source);
    return this;
  }

  static KindFields of(EventType type) {
    return Objects.requireNonNull(KINDS.get(type), type::name);
  }

  /** The text of an event's field; null when the record lacks it, or its kind does. */
  @Nullable String text(Field field, FieldValues values) {
    Field source = sources.get(field);
    return source == null ? null : values.get(source);
  }
}
