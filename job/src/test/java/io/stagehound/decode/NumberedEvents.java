package io.stagehound.decode;

import java.util.List;

/** Events that are told apart by a number, in several layouts. */
final class NumberedEvents {

  private NumberedEvents() {}

  /** An event that names itself by its file. */
  static String event(int number) {
    return "{\"EventID\":11,\"SourceName\":\"Microsoft-Windows-Sysmon\",\"Hostname\":\"h\","
        + "\"UtcTime\":\"2026-03-04 05:06:07\",\"TargetFilename\":\"C:\\\\"
        + number
        + ".zip\"}";
  }

  static String pretty(int number) {
    return event(number).replace(",\"", ",\n  \"").replace("{", "{\n  ").replace("}", "\n}");
  }

  static String xml(int number) {
    return "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
        + "<Provider Name='Microsoft-Windows-Sysmon'/><EventID>11</EventID><Computer>h</Computer>"
        + "</System><EventData><Data Name='UtcTime'>2026-03-04 05:06:07</Data>"
        + "<Data Name='TargetFilename'>C:\\"
        + number
        + ".zip</Data></EventData></Event>";
  }

  static List<Integer> numbers(Collected collected) {
    return collected.events.stream()
        .map(event -> String.valueOf(event.targetFilename()))
        .map(file -> Integer.parseInt(file.substring(3, file.indexOf(".zip"))))
        .toList();
  }
}
