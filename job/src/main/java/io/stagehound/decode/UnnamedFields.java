package io.stagehound.decode;

import io.stagehound.decode.Manifest.Position;
import io.stagehound.event.EventType;
import java.util.List;

/**
 * The fields of an event that came without their names: in its message text, or as a list of texts
 * by position. They only fill what a record lacks, since a command line of several lines can make a
 * message say anything.
 */
final class UnnamedFields {

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
    for (Position position : Manifest.positions(type)) {
      Field field = FieldTable.manifestField(position.name());
      if (field != null && !values.has(field)) {
        return false;
      }
    }
    return true;
  }

  /** Fills the field that has this name in the manifest, if it is one that is read. */
  static void fillNamed(String name, String value, FieldValues values) {
    Field field = FieldTable.manifestField(name);
    if (field != null) {
      values.fill(field, value);
    }
  }
}
