package io.stagehound.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of record of a Windows fleet: its fields, and how frequent it is.
 *
 * <p>What varies between records of a kind is the name of a {@link Slot} between dollar signs.
 */
final class RecordKind {
  static final RecordKind PROCESS_CREATE =
      new RecordKind(
          Source.SYSMON,
          1,
          0,
          "Process Create",
          sysmon(
              "ProcessGuid",
              "$GUID$",
              "ProcessId",
              "$PID$",
              "Image",
              "$PROGRAM$",
              "Product",
              "Microsoft® Windows® Operating System",
              "OriginalFileName",
              "$ORIGINAL_NAME$",
              "CommandLine",
              "$TEXT$",
              "CurrentDirectory",
              "C:\\Windows\\system32\\",
              "User",
              "$USER$",
              "LogonId",
              "0x927d1",
              "IntegrityLevel",
              "Medium",
              "Hashes",
              "$HASHES$",
              "ParentProcessGuid",
              "$OTHER_GUID$",
              "ParentProcessId",
              "$OTHER_PID$",
              "ParentImage",
              "$OTHER_IMAGE$",
              "ParentCommandLine",
              "$OTHER_IMAGE$ -k netsvcs"));

  static final RecordKind FILE_CREATE =
      new RecordKind(
          Source.SYSMON,
          11,
          0,
          "File created",
          sysmon(
              "ProcessGuid",
              "$GUID$",
              "ProcessId",
              "$PID$",
              "Image",
              "$IMAGE$",
              "TargetFilename",
              "$TEXT$",
              "CreationUtcTime",
              "$UTC_TIME$",
              "User",
              "$USER$"));

  private static final RecordKind REGISTRY_OBJECT =
      new RecordKind(
          Source.SYSMON,
          12,
          17_917,
          "Registry object added or deleted",
          sysmon(
              "EventType",
              "CreateKey",
              "ProcessGuid",
              "$GUID$",
              "ProcessId",
              "$PID$",
              "Image",
              "$IMAGE$",
              "TargetObject",
              "$KEY$"));

  private static final RecordKind IMAGE_LOAD =
      new RecordKind(
          Source.SYSMON,
          7,
          1_537,
          "Image loaded",
          sysmon(
              "ProcessGuid",
              "$GUID$",
              "ProcessId",
              "$PID$",
              "Image",
              "$IMAGE$",
              "ImageLoaded",
              "C:\\Windows\\System32\\shlwapi.dll",
              "OriginalFileName",
              "SHLWAPI.DLL",
              "Hashes",
              "$HASHES$",
              "Signed",
              "true",
              "Signature",
              "Microsoft Windows"));

  private static final RecordKind REGISTRY_VALUE =
      new RecordKind(
          Source.SYSMON,
          13,
          1_135,
          "Registry value set",
          sysmon(
              "EventType",
              "SetValue",
              "ProcessGuid",
              "$GUID$",
              "ProcessId",
              "$PID$",
              "Image",
              "$IMAGE$",
              "TargetObject",
              "$KEY$",
              "Details",
              "DWORD (0x00000003)"));

  private static final RecordKind PROCESS_ACCESS =
      new RecordKind(
          Source.SYSMON,
          10,
          344,
          "Process accessed",
          sysmon(
              "SourceProcessGUID",
              "$GUID$",
              "SourceProcessId",
              "$PID$",
              "SourceImage",
              "$IMAGE$",
              "TargetProcessGUID",
              "$OTHER_GUID$",
              "TargetProcessId",
              "$OTHER_PID$",
              "TargetImage",
              "$OTHER_IMAGE$",
              "GrantedAccess",
              "0x1000",
              "CallTrace",
              "C:\\Windows\\SYSTEM32\\ntdll.dll+9c584|C:\\Windows\\System32\\KERNELBASE.dll+2726e"
                  + "|C:\\Windows\\System32\\lsm.dll+10e93|C:\\Windows\\System32\\RPCRT4.dll+76953"));

  private static final RecordKind FILE_DELETE =
      new RecordKind(
          Source.SYSMON,
          23,
          207,
          "File Delete",
          sysmon(
              "ProcessGuid",
              "$GUID$",
              "ProcessId",
              "$PID$",
              "User",
              "$USER$",
              "Image",
              "$IMAGE$",
              "TargetFilename",
              "C:\\Windows\\Temp\\~DF$OTHER_PID$.tmp",
              "Hashes",
              "$HASHES$",
              "IsExecutable",
              "false"));

  private static final RecordKind NETWORK_CONNECT =
      new RecordKind(
          Source.SYSMON,
          3,
          126,
          "Network connection detected",
          sysmon(
              "ProcessGuid",
              "$GUID$",
              "ProcessId",
              "$PID$",
              "Image",
              "$IMAGE$",
              "User",
              "$USER$",
              "Protocol",
              "tcp",
              "Initiated",
              "true",
              "SourceIp",
              "10.4.17.23",
              "SourcePort",
              "$OTHER_PID$",
              "DestinationIp",
              "10.4.0.5",
              "DestinationPort",
              "$PORT$"));

  private static final RecordKind DNS_QUERY =
      new RecordKind(
          Source.SYSMON,
          22,
          13,
          "Dns query",
          sysmon(
              "ProcessGuid",
              "$GUID$",
              "ProcessId",
              "$PID$",
              "QueryName",
              "login.live.com",
              "QueryStatus",
              "0",
              "Image",
              "$IMAGE$"));

  private static final RecordKind PROCESS_TERMINATE =
      new RecordKind(
          Source.SYSMON,
          5,
          12,
          "Process terminated",
          sysmon("ProcessGuid", "$GUID$", "ProcessId", "$PID$", "Image", "$IMAGE$"));

  private static final RecordKind HANDLE_CLOSED =
      new RecordKind(
          Source.SECURITY,
          4658,
          761,
          "The handle to an object was closed",
          security(
              "ObjectServer",
              "Security",
              "HandleId",
              "0x$PID$",
              "ProcessId",
              "0x1358",
              "ProcessName",
              "$IMAGE$"));

  private static final RecordKind HANDLE_REQUESTED =
      new RecordKind(
          Source.SECURITY,
          4656,
          405,
          "A handle to an object was requested",
          security(
              "ObjectServer",
              "Security",
              "ObjectType",
              "Key",
              "ObjectName",
              "$KEY$",
              "HandleId",
              "0x$PID$",
              "AccessList",
              "%%1538\r\n\t\t\t\t%%4432\r\n\t\t\t\t%%4435",
              "AccessMask",
              "0x20019",
              "ProcessId",
              "0x1358",
              "ProcessName",
              "$IMAGE$"));

  private static final RecordKind HANDLE_DUPLICATED =
      new RecordKind(
          Source.SECURITY,
          4690,
          381,
          "An attempt was made to duplicate a handle to an object",
          security(
              "SourceHandleId",
              "0x$PID$",
              "SourceProcessId",
              "0x1358",
              "TargetHandleId",
              "0x$OTHER_PID$",
              "TargetProcessId",
              "0x4"));

  static final RecordKind OBJECT_ACCESSED =
      new RecordKind(
          Source.SECURITY,
          4663,
          250,
          "An attempt was made to access an object",
          security(
              "ObjectServer",
              "Security",
              "ObjectType",
              "File",
              "ObjectName",
              "$TEXT$",
              "HandleId",
              "0x$PID$",
              "AccessMask",
              "0x1",
              "ProcessName",
              "$IMAGE$"));

  private static final RecordKind RIGHTS_ADJUSTED =
      new RecordKind(
          Source.SECURITY,
          4703,
          202,
          "A user right was adjusted",
          security(
              "TargetUserName",
              "$USER$",
              "EnabledPrivilegeList",
              "SeAssignPrimaryTokenPrivilege\r\n\t\t\tSeIncreaseQuotaPrivilege",
              "DisabledPrivilegeList",
              "-",
              "ProcessName",
              "$IMAGE$"));

  private static final RecordKind CONNECTION_PERMITTED =
      new RecordKind(
          Source.SECURITY,
          5156,
          197,
          "The Windows Filtering Platform has permitted a connection",
          security(
              "Application",
              "\\device\\harddiskvolume2\\windows\\system32\\svchost.exe",
              "Direction",
              "%%14593",
              "SourceAddress",
              "10.4.17.23",
              "SourcePort",
              "$PID$",
              "DestAddress",
              "10.4.0.5",
              "DestPort",
              "$PORT$",
              "Protocol",
              "6"));

  private static final RecordKind LOGON =
      new RecordKind(
          Source.SECURITY,
          4624,
          49,
          "An account was successfully logged on",
          security(
              "TargetUserName",
              "$USER$",
              "LogonType",
              "3",
              "LogonProcessName",
              "Kerberos",
              "AuthenticationPackageName",
              "Kerberos",
              "LogonGuid",
              "$GUID$",
              "IpAddress",
              "10.4.17.23",
              "IpPort",
              "$PID$",
              "ProcessName",
              "-"));

  private static final RecordKind SECURITY_PROCESS_CREATE =
      new RecordKind(
          Source.SECURITY,
          4688,
          24,
          "A new process has been created",
          security(
              "NewProcessId",
              "0x1358",
              "NewProcessName",
              "C:\\Windows\\System32\\svchost.exe",
              "TokenElevationType",
              "%%1936",
              "ProcessId",
              "0x2b4",
              "CommandLine",
              "svchost.exe -k netsvcs -p -s $PID$",
              "ParentProcessName",
              "C:\\Windows\\System32\\services.exe"));

  private static final RecordKind PIPELINE_EXECUTION =
      new RecordKind(
          Source.CLASSIC_POWERSHELL,
          800,
          285,
          "Pipeline execution details for command line",
          fields("UserId", "$USER$", "HostName", "ConsoleHost", "EngineVersion", "5.1.18362.752"));

  private static final RecordKind MODULE_LOG =
      new RecordKind(
          Source.POWERSHELL,
          4103,
          285,
          "Executing Pipeline",
          fields(
              "ContextInfo",
              "        Severity = Informational\r\n        Host Name = ConsoleHost\r\n        User = $USER$",
              "Payload",
              "CommandInvocation(Get-ItemProperty): \"Get-ItemProperty\"\r\nParameterBinding("
                  + "Get-ItemProperty): name=\"Path\"; value=\"HKLM:\\SOFTWARE\\Corp\\$PID$\"\r\n"));

  private static final RecordKind SCRIPT_STARTED =
      new RecordKind(
          Source.POWERSHELL,
          4105,
          162,
          "Starting Command",
          fields("ScriptBlockId", "$GUID$", "RunspaceId", "$OTHER_GUID$"));

  private static final RecordKind SCRIPT_BLOCK =
      new RecordKind(
          Source.POWERSHELL,
          4104,
          49,
          "Execute a Remote Command",
          fields(
              "MessageNumber",
              "1",
              "MessageTotal",
              "1",
              "ScriptBlockText",
              "function Get-Inventory$PID$ {\r\n    [CmdletBinding()]\r\n    param([string]$name = 'Übersicht')"
                  + "\r\n\r\n    Get-CimInstance -ClassName Win32_Product |\r\n"
                  + "        Where-Object { $_.Name -like \"*$name*\" } |\r\n"
                  + "        Select-Object Name, Version, Vendor, InstallDate\r\n}\r\n",
              "ScriptBlockId",
              "$GUID$"));

  /** All but the two kinds that the indicators are about. */
  static final List<RecordKind> OTHERS =
      List.of(
          REGISTRY_OBJECT,
          IMAGE_LOAD,
          REGISTRY_VALUE,
          PROCESS_ACCESS,
          FILE_DELETE,
          NETWORK_CONNECT,
          DNS_QUERY,
          PROCESS_TERMINATE,
          HANDLE_CLOSED,
          HANDLE_REQUESTED,
          HANDLE_DUPLICATED,
          OBJECT_ACCESSED,
          RIGHTS_ADJUSTED,
          CONNECTION_PERMITTED,
          LOGON,
          SECURITY_PROCESS_CREATE,
          PIPELINE_EXECUTION,
          MODULE_LOG,
          SCRIPT_STARTED,
          SCRIPT_BLOCK);

  /** What writes records. */
  enum Source {
    SYSMON(
        "Microsoft-Windows-Sysmon",
        "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}",
        "Microsoft-Windows-Sysmon/Operational",
        "-9223372036854775808"),
    SECURITY(
        "Microsoft-Windows-Security-Auditing",
        "{54849625-5478-4994-A5BA-3E3B0328C30D}",
        "Security",
        "-9214364837600034816"),
    POWERSHELL(
        "Microsoft-Windows-PowerShell",
        "{A0C1853B-5C40-4B15-8766-3CF1C58F985A}",
        "Microsoft-Windows-PowerShell/Operational",
        "0"),
    CLASSIC_POWERSHELL("PowerShell", null, "Windows PowerShell", "36028797018963968");

    private final String published;
    private final @Nullable String guid;
    private final String channel;
    private final String keywords;

    Source(String published, @Nullable String guid, String channel, String keywords) {
      this.published = published;
      this.guid = guid;
      this.channel = channel;
      this.keywords = keywords;
    }
  }

  private final Source source;
  private final int eventId;
  private final int frequency;
  private final String title;
  private final Map<String, String> data;

  private RecordKind(
      Source source, int eventId, int frequency, String title, Map<String, String> data) {
    this.source = source;
    this.eventId = eventId;
    this.frequency = frequency;
    this.title = title;
    this.data = data;
  }

  /**
   * How many of its records the recorded playbook of Security-Datasets has among 25,993; 0 of the
   * two kinds that the indicators are about, whose share is chosen.
   */
  int frequency() {
    return frequency;
  }

  /** Its fields by name, each as JSON writes it, strings between quotes. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("@timestamp", quoted("$SHIPPED_TIME$"));
    fields.put("EventTime", quoted("$EVENT_TIME$"));
    fields.put("Hostname", quoted("$HOST$"));
    fields.put("Keywords", source.keywords);
    fields.put("EventType", quoted(source == Source.SECURITY ? "AUDIT_SUCCESS" : "INFO"));
    fields.put("EventID", Integer.toString(eventId));
    fields.put("SourceName", quoted(source.published));
    if (source.guid != null) {
      fields.put("ProviderGuid", quoted(source.guid));
    }
    fields.put("RecordNumber", "$RECORD_NUMBER$");
    fields.put("Channel", quoted(source.channel));
    fields.put("Message", quoted(message()));
    data.forEach((name, value) -> fields.put(name, quoted(value)));
    return fields;
  }

  /** The rendered text, which says all that the fields do once more. */
  private String message() {
    StringBuilder message = new StringBuilder(title).append(':');
    String lead = source == Source.SECURITY ? "\r\n\t" : "\r\n";
    String middle = source == Source.SECURITY ? ":\t\t" : ": ";
    data.forEach((name, value) -> message.append(lead).append(name).append(middle).append(value));
    return message.toString();
  }

  private static String quoted(String value) {
    return '"' + RecordLayout.escaped(value) + '"';
  }

  private static Map<String, String> sysmon(String... more) {
    Map<String, String> fields = fields("RuleName", "-", "UtcTime", "$UTC_TIME$");
    fields.putAll(fields(more));
    return fields;
  }

  private static Map<String, String> security(String... more) {
    Map<String, String> fields =
        fields(
            "SubjectUserSid",
            "S-1-5-21-2323213074-4052461197-1785501644-1104",
            "SubjectUserName",
            "$USER$",
            "SubjectDomainName",
            "CORP",
            "SubjectLogonId",
            "0x8fc6d5");
    fields.putAll(fields(more));
    return fields;
  }

  private static Map<String, String> fields(String... namesAndValues) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
