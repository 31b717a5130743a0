package io.stagehound.decode;

import static java.util.Map.entry;

import io.stagehound.event.EventProvider;
import io.stagehound.event.EventType;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of an event as its message text, in English, tells them. */
final class MessageFields {

  /**
   * What Security's messages call the fields of its manifest; of a field that two sections have,
   * after the name of the second section.
   */
  private static final Map<String, String> SECURITY_LABELS =
      Map.ofEntries(
          entry("Security ID", "SubjectUserSid"),
          entry("Account Name", "SubjectUserName"),
          entry("Account Domain", "SubjectDomainName"),
          entry("Logon ID", "SubjectLogonId"),
          entry("Target Subject: Security ID", "TargetUserSid"),
          entry("Target Subject: Account Name", "TargetUserName"),
          entry("Target Subject: Account Domain", "TargetDomainName"),
          entry("Target Subject: Logon ID", "TargetLogonId"),
          entry("New Process ID", "NewProcessId"),
          entry("New Process Name", "NewProcessName"),
          entry("Token Elevation Type", "TokenElevationType"),
          entry("Mandatory Label", "MandatoryLabel"),
          entry("Creator Process ID", "ProcessId"),
          entry("Creator Process Name", "ParentProcessName"),
          entry("Process Command Line", "CommandLine"),
          entry("Object Type", "ObjectType"),
          entry("Source Address", "IpAddress"),
          entry("Source Port", "IpPort"),
          entry("Share Name", "ShareName"),
          entry("Share Path", "ShareLocalPath"),
          entry("Relative Target Name", "RelativeTargetName"),
          entry("Access Mask", "AccessMask"),
          entry("Accesses", "AccessList"));

  private static final Pattern SCRIPT_BLOCK_HEADING =
      Pattern.compile("Creating Scriptblock text \\((\\d+) of (\\d+)\\):\\r?\\n");

  /** What each command in a payload begins with. */
  static final String COMMAND_INVOCATION = "CommandInvocation(";

  private static final String SCRIPT_BLOCK_ID = "\nScriptBlock ID:";
  private static final String CONTEXT_INFO = "\nContext:";

  private MessageFields() {}

  /** Fills what the values lack and the message tells. */
  static void fill(EventType type, String message, FieldValues values) {
    switch (type) {
      case SCRIPT_BLOCK -> fillScriptBlock(message, values);
      case MODULE_LOG -> fillModuleLog(message, values);
      default -> fillFromLines(type, message, values);
    }
  }

  /**
   * A heading, then a line {@code Name: value} for each field. A value goes on to the line before
   * the next name; Security's, which stand in sections, also no further than its section.
   */
  private static void fillFromLines(EventType type, String message, FieldValues values) {
    boolean sections = type.provider() == EventProvider.SECURITY;
    String section = "";
    String name = null;
    StringBuilder value = new StringBuilder();
    for (String line : (Iterable<String>) message.lines()::iterator) {
      int colon = line.indexOf(':');
      String label = colon < 0 ? "" : line.substring(0, colon).strip();
      String next = sections ? securityName(section, label) : label;
      if (next != null && Manifest.isFieldOf(type, next)) {
        fillNamed(name, value, values);
        name = next;
        value.setLength(0);
        value.append(line.substring(colon + 1).stripLeading());
      } else if (sections && line.isBlank()) {
        fillNamed(name, value, values);
        name = null;
      } else if (name != null) {
        value.append('\n').append(line);
      } else if (sections) {
        section = label;
      }
    }
    fillNamed(name, value, values);
  }

  private static @Nullable String securityName(String section, String label) {
    String inSection = SECURITY_LABELS.get(section + ": " + label);
    return inSection != null ? inSection : SECURITY_LABELS.get(label);
  }

  private static void fillNamed(@Nullable String name, StringBuilder value, FieldValues values) {
    if (name != null) {
      UnnamedFields.fillNamed(name, value.toString(), values);
    }
  }

  /**
   * {@code Creating Scriptblock text (1 of 2):}, the text, an empty line, then {@code ScriptBlock
   * ID} and {@code Path}. The text may hold such lines itself, so the last ones count.
   */
  private static void fillScriptBlock(String message, FieldValues values) {
    Matcher heading = SCRIPT_BLOCK_HEADING.matcher(message);
    if (!heading.lookingAt()) {
      return;
    }
    String text = message.substring(heading.end());
    int id = text.lastIndexOf(SCRIPT_BLOCK_ID);
    if (id >= 0) {
      String rest = text.substring(id + SCRIPT_BLOCK_ID.length()).strip();
      values.fill(Field.SCRIPT_BLOCK_ID, rest.lines().findFirst().orElse(""));
      text = withoutLineBreak(withoutLineBreak(text.substring(0, id + 1)));
    }
    values.fill(Field.MESSAGE_NUMBER, heading.group(1));
    values.fill(Field.MESSAGE_TOTAL, heading.group(2));
    values.fill(Field.SCRIPT_BLOCK_TEXT, text);
  }

  private static String withoutLineBreak(String text) {
    int end = text.length();
    if (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
      if (end > 0 && text.charAt(end - 1) == '\r') {
        end--;
      }
    }
    return text.substring(0, end);
  }

  /**
   * The payload, then what the other two fields hold, below {@code Context} and {@code User Data}.
   */
  private static void fillModuleLog(String message, FieldValues values) {
    int payload = message.indexOf(COMMAND_INVOCATION);
    if (payload < 0) {
      return;
    }
    int context = message.lastIndexOf(CONTEXT_INFO);
    if (context < payload) {
      values.fill(Field.PAYLOAD, message.substring(payload));
    } else {
      values.fill(Field.PAYLOAD, message.substring(payload, context));
      values.fill(Field.CONTEXT_INFO, message.substring(context + CONTEXT_INFO.length()));
    }
  }
}
