package io.stagehound.decode;

import io.stagehound.event.EventType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The fields of each kind of record, under the names and in the order that its provider's manifest
 * has them.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/wes/writing-an-instrumentation-manifest">
 *     Writing an instrumentation manifest</a>
 */
final class Manifest {

  /**
   * A field of a kind of record.
   *
   * @param since the number of fields that the kind has since the version that brought this one; 0
   *     when every version has it
   */
  record Position(String name, int since) {

    Position(String name) {
      this(name, 0);
    }
  }

  private static final Map<EventType, List<Position>> POSITIONS =
      new EnumMap<>(
          Map.of(
              EventType.PROCESS_CREATE,
              List.of(
                  new Position("RuleName", 21),
                  new Position("UtcTime"),
                  new Position("ProcessGuid"),
                  new Position("ProcessId"),
                  new Position("Image"),
                  new Position("FileVersion", 20),
                  new Position("Description", 20),
                  new Position("Product", 20),
                  new Position("Company", 20),
                  new Position("OriginalFileName", 22),
                  new Position("CommandLine"),
                  new Position("CurrentDirectory"),
                  new Position("User"),
                  new Position("LogonGuid"),
                  new Position("LogonId"),
                  new Position("TerminalSessionId"),
                  new Position("IntegrityLevel"),
                  new Position("Hashes"),
                  new Position("ParentProcessGuid"),
                  new Position("ParentProcessId"),
                  new Position("ParentImage"),
                  new Position("ParentCommandLine"),
                  new Position("ParentUser", 23)),
              EventType.NETWORK_CONNECT,
              List.of(
                  new Position("RuleName", 18),
                  new Position("UtcTime"),
                  new Position("ProcessGuid"),
                  new Position("ProcessId"),
                  new Position("Image"),
                  new Position("User"),
                  new Position("Protocol"),
                  new Position("Initiated"),
                  new Position("SourceIsIpv6"),
                  new Position("SourceIp"),
                  new Position("SourceHostname"),
                  new Position("SourcePort"),
                  new Position("SourcePortName"),
                  new Position("DestinationIsIpv6"),
                  new Position("DestinationIp"),
                  new Position("DestinationHostname"),
                  new Position("DestinationPort"),
                  new Position("DestinationPortName")),
              EventType.FILE_CREATE,
              List.of(
                  new Position("RuleName", 7),
                  new Position("UtcTime"),
                  new Position("ProcessGuid"),
                  new Position("ProcessId"),
                  new Position("Image"),
                  new Position("TargetFilename"),
                  new Position("CreationUtcTime"),
                  new Position("User", 8)),
              EventType.SECURITY_PROCESS_CREATE,
              List.of(
                  new Position("SubjectUserSid"),
                  new Position("SubjectUserName"),
                  new Position("SubjectDomainName"),
                  new Position("SubjectLogonId"),
                  new Position("NewProcessId"),
                  new Position("NewProcessName"),
                  new Position("TokenElevationType"),
                  new Position("ProcessId"),
                  new Position("CommandLine", 9),
                  new Position("TargetUserSid", 15),
                  new Position("TargetUserName", 15),
                  new Position("TargetDomainName", 15),
                  new Position("TargetLogonId", 15),
                  new Position("ParentProcessName", 15),
                  new Position("MandatoryLabel", 15)),
              EventType.SHARE_ACCESS,
              List.of(
                  new Position("SubjectUserSid"),
                  new Position("SubjectUserName"),
                  new Position("SubjectDomainName"),
                  new Position("SubjectLogonId"),
                  new Position("ObjectType", 11),
                  new Position("IpAddress"),
                  new Position("IpPort"),
                  new Position("ShareName"),
                  new Position("ShareLocalPath", 11),
                  new Position("AccessMask", 11),
                  new Position("AccessList", 11)),
              EventType.SHARE_FILE_ACCESS,
              List.of(
                  new Position("SubjectUserSid"),
                  new Position("SubjectUserName"),
                  new Position("SubjectDomainName"),
                  new Position("SubjectLogonId"),
                  new Position("ObjectType"),
                  new Position("IpAddress"),
                  new Position("IpPort"),
                  new Position("ShareName"),
                  new Position("ShareLocalPath"),
                  new Position("RelativeTargetName"),
                  new Position("AccessMask"),
                  new Position("AccessList"),
                  new Position("AccessReason")),
              EventType.MODULE_LOG,
              List.of(
                  new Position("ContextInfo"), new Position("UserData"), new Position("Payload")),
              EventType.SCRIPT_BLOCK,
              List.of(
                  new Position("MessageNumber"),
                  new Position("MessageTotal"),
                  new Position("ScriptBlockText"),
                  new Position("ScriptBlockId"),
                  new Position("Path", 5))));

  private Manifest() {}

  static List<Position> positions(EventType type) {
    return Objects.requireNonNull(POSITIONS.get(type), type::name);
  }

  /** The names that a record with this many fields has, by their position; of another, none. */
  static List<String> names(EventType type, int count) {
    List<String> names =
        positions(type).stream()
            .filter(position -> position.since() <= count)
            .map(Position::name)
            .toList();
    return names.size() == count ? names : List.of();
  }

  static boolean isFieldOf(EventType type, String name) {
    for (Position position : positions(type)) {
      if (position.name().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
