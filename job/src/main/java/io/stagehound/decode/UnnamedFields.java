package io.stagehound.decode;

import io.stagehound.event.EventType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The fields of an event that came without their names: in its message text, or as a list of texts
 * by position. They only fill what a record lacks, since a command line of several lines can make a
 * message say anything.
 */
final class UnnamedFields {

  /** Of the fields that a manifest has, those that are read. */
  private static final Map<EventType, List<Field>> READ = fieldsRead();

  private UnnamedFields() {}

  /** Fills what the values lack. */
  static void fill(EventType type, FieldValues values) {
    if (hasEachField(type, values)) {
      return;
    }
    String message = values.get(Field.MESSAGE);
    if (message != null) {
      MessageFields.fill(type, message, values);
    }
    List<String> inserts = values.inserts();
    List<String> names = Manifest.names(type, inserts.size());
    for (int i = 0; i < names.size(); i++) {
      fillNamed(names.get(i), inserts.get(i), values);
    }
  }

  private static boolean hasEachField(EventType type, FieldValues values) {
    for (Field field : Objects.requireNonNull(READ.get(type), type::name)) {
      if (!values.has(field)) {
        return false;
      }
    }
    return true;
  }

  private static Map<EventType, List<Field>> fieldsRead() {
    Map<EventType, List<Field>> read = new EnumMap<>(EventType.class);
    for (EventType type : EventType.values()) {
      read.put(
          type,
          Manifest.positions(type).stream()
              .map(position -> FieldTable.manifestField(position.name()))
              .filter(Objects::nonNull)
              .toList());
    }
    return read;
  }

  /** Fills the field that has this name in the manifest, if it is one that is read. */
  static void fillNamed(String name, String value, FieldValues values) {
    Field field = FieldTable.manifestField(name);
    if (field != null) {
      values.fill(field, value);
    }
  }
}
