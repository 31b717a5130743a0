package io.stagehound.decode;

import io.stagehound.event.EventType;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a kind matter: of the kinds that Windows writes by the million, only what can
 * tell of a copy to another machine.
 */
final class Relevance {

  private static final String SMB_PORT = "445";

  /** What {@code Initiated} says of a connection that came in, in Sysmon's words and in ECS's. */
  private static final Set<String> CAME_IN = Set.of("false", "inbound", "ingress");

  /**
   * {@code WriteData} and {@code AppendData}.
   *
   * @see <a
   *     href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/event-5145">
   *     Table of file access codes</a>
   */
  private static final long WRITES = 0x2 | 0x4;

  /** The share of named pipes, on which there are no files. */
  private static final String PIPES = "ipc$";

  private Relevance() {}

  static boolean isRelevant(EventType type, FieldValues values) {
    return switch (type) {
      case PROCESS_CREATE, FILE_CREATE -> true;
      case NETWORK_CONNECT ->
          SMB_PORT.equals(values.get(Field.DESTINATION_PORT))
              && !CAME_IN.contains(lowerCase(values.get(Field.INITIATED)));
      case SECURITY_PROCESS_CREATE ->
          values.has(Field.COMMAND_LINE) || values.has(Field.NEW_PROCESS_NAME);
      case SHARE_ACCESS -> isShareOfFiles(values);
      case SHARE_FILE_ACCESS ->
          isShareOfFiles(values)
              && values.has(Field.RELATIVE_TARGET_NAME)
              && isWrite(values.get(Field.ACCESS_MASK));
      case MODULE_LOG -> {
        String payload = values.get(Field.PAYLOAD);
        yield payload != null && payload.contains(MessageFields.COMMAND_INVOCATION);
      }
      case SCRIPT_BLOCK -> values.has(Field.SCRIPT_BLOCK_TEXT);
    };
  }

  private static boolean isShareOfFiles(FieldValues values) {
    String share = lowerCase(values.get(Field.SHARE_NAME));
    return !share.isEmpty() && !share.substring(share.lastIndexOf('\\') + 1).equals(PIPES);
  }

  private static boolean isWrite(@Nullable String accessMask) {
    OptionalLong mask = accessMask == null ? OptionalLong.empty() : Numbers.unsigned(accessMask);
    return mask.isPresent() && (mask.getAsLong() & WRITES) != 0;
  }

  private static String lowerCase(@Nullable String text) {
    return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
  }
}
