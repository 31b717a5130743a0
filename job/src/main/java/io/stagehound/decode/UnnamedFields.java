package io.stagehound.decode;

import io.stagehound.event.EventType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a Sysmon event that came without their names: in its message text, or as a list of
 * texts by position. They only fill what a record lacks, since a command line of several lines can
 * make a message say anything.
 */
final class UnnamedFields {

  /**
   * A field of Sysmon's manifest.
   *
   * @param since the number of fields that the event has since the version that brought this one
   */
  private record Position(String name, int since) {}

  private static final Map<EventType, List<Position>> POSITIONS =
      Map.of(
          EventType.PROCESS_CREATE,
          List.of(
              new Position("RuleName", 21),
              new Position("UtcTime", 16),
              new Position("ProcessGuid", 16),
              new Position("ProcessId", 16),
              new Position("Image", 16),
              new Position("FileVersion", 20),
              new Position("Description", 20),
              new Position("Product", 20),
              new Position("Company", 20),
              new Position("OriginalFileName", 22),
              new Position("CommandLine", 16),
              new Position("CurrentDirectory", 16),
              new Position("User", 16),
              new Position("LogonGuid", 16),
              new Position("LogonId", 16),
              new Position("TerminalSessionId", 16),
              new Position("IntegrityLevel", 16),
              new Position("Hashes", 16),
              new Position("ParentProcessGuid", 16),
              new Position("ParentProcessId", 16),
              new Position("ParentImage", 16),
              new Position("ParentCommandLine", 16),
              new Position("ParentUser", 23)),
          EventType.FILE_CREATE,
          List.of(
              new Position("RuleName", 7),
              new Position("UtcTime", 6),
              new Position("ProcessGuid", 6),
              new Position("ProcessId", 6),
              new Position("Image", 6),
              new Position("TargetFilename", 6),
              new Position("CreationUtcTime", 6),
              new Position("User", 8)));

  private UnnamedFields() {}

  /** Fills what the values lack. */
  static void fill(EventType type, FieldValues values) {
    String message = values.get(Field.MESSAGE);
    if (message != null) {
      fillFromMessage(message, type, values);
    }
    fillFromInserts(type, values);
  }

  /** A value goes on to the line before the next name. */
  private static void fillFromMessage(String message, EventType type, FieldValues values) {
    String name = null;
    StringBuilder value = new StringBuilder();
    for (String line : (Iterable<String>) message.lines()::iterator) {
      int colon = line.indexOf(':');
      String before = colon < 0 ? "" : line.substring(0, colon).strip();
      if (isFieldOf(type, before)) {
        fillNamed(name, value.toString(), values);
        name = before;
        value.setLength(0);
        value.append(line.substring(colon + 1).stripLeading());
      } else if (name != null) {
        value.append('\n').append(line);
      }
    }
    fillNamed(name, value.toString(), values);
  }

  private static void fillFromInserts(EventType type, FieldValues values) {
    List<String> inserts = values.inserts();
    List<String> names =
        positions(type).stream()
            .filter(position -> position.since() <= inserts.size())
            .map(Position::name)
            .toList();
    if (names.size() == inserts.size()) {
      for (int i = 0; i < names.size(); i++) {
        fillNamed(names.get(i), inserts.get(i), values);
      }
    }
  }

  private static List<Position> positions(EventType type) {
    return POSITIONS.getOrDefault(type, List.of());
  }

  private static boolean isFieldOf(EventType type, String name) {
    return positions(type).stream().anyMatch(position -> position.name().equals(name));
  }

  private static void fillNamed(@Nullable String name, String value, FieldValues values) {
    Field field = name == null ? null : FieldTable.sysmonField(name);
    if (field != null) {
      values.fill(field, value);
    }
  }
}
