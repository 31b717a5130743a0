package io.stagehound.decode;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which path of a record holds which field: the one place where shapes of records are described.
 * Paths are names parted by dots; an XML attribute, and its like in JSON, is a name after
 * {@code @}. Of several paths that a record has for a field, the one with the lowest priority
 * counts; of equal ones, the first in the record.
 */
final class FieldTable {

  /** Windows' own names: those of the providers' manifests. */
  private static final Map<String, Field> MANIFEST_NAMES =
      Map.ofEntries(
          // Sysmon
          entry("RuleName", Field.RULE_NAME),
          entry("UtcTime", Field.UTC_TIME),
          entry("ProcessGuid", Field.PROCESS_GUID),
          entry("ProcessId", Field.PROCESS_ID),
          entry("Image", Field.IMAGE),
          entry("OriginalFileName", Field.ORIGINAL_FILE_NAME),
          entry("CommandLine", Field.COMMAND_LINE),
          entry("CurrentDirectory", Field.CURRENT_DIRECTORY),
          entry("User", Field.USER),
          entry("LogonId", Field.LOGON_ID),
          entry("IntegrityLevel", Field.INTEGRITY_LEVEL),
          entry("Hashes", Field.HASHES),
          entry("ParentProcessGuid", Field.PARENT_PROCESS_GUID),
          entry("ParentImage", Field.PARENT_IMAGE),
          entry("ParentCommandLine", Field.PARENT_COMMAND_LINE),
          entry("TargetFilename", Field.TARGET_FILENAME),
          entry("Initiated", Field.INITIATED),
          entry("SourceIp", Field.SOURCE_IP),
          entry("DestinationIp", Field.DESTINATION_IP),
          entry("DestinationHostname", Field.DESTINATION_HOSTNAME),
          entry("DestinationPort", Field.DESTINATION_PORT),
          // Security, which has ProcessId and CommandLine too
          entry("SubjectUserName", Field.SUBJECT_USER_NAME),
          entry("SubjectDomainName", Field.SUBJECT_DOMAIN_NAME),
          entry("SubjectLogonId", Field.SUBJECT_LOGON_ID),
          entry("TargetUserName", Field.TARGET_USER_NAME),
          entry("TargetDomainName", Field.TARGET_DOMAIN_NAME),
          entry("TargetLogonId", Field.TARGET_LOGON_ID),
          entry("NewProcessId", Field.NEW_PROCESS_ID),
          entry("NewProcessName", Field.NEW_PROCESS_NAME),
          entry("ParentProcessName", Field.PARENT_PROCESS_NAME),
          entry("IpAddress", Field.IP_ADDRESS),
          entry("ShareName", Field.SHARE_NAME),
          entry("RelativeTargetName", Field.RELATIVE_TARGET_NAME),
          entry("AccessMask", Field.ACCESS_MASK),
          // PowerShell
          entry("ContextInfo", Field.CONTEXT_INFO),
          entry("Payload", Field.PAYLOAD),
          entry("ScriptBlockText", Field.SCRIPT_BLOCK_TEXT),
          entry("ScriptBlockId", Field.SCRIPT_BLOCK_ID),
          entry("MessageNumber", Field.MESSAGE_NUMBER),
          entry("MessageTotal", Field.MESSAGE_TOTAL));

  /** Objects that hold these names. The first is the record itself: NXLog, Splunk. */
  private static final List<String> MANIFEST_CONTAINERS =
      List.of("", "EventData", "event_data", "winlog.event_data", "Event.EventData");

  /** Objects that hold a record, and nothing else that matters: shippers, exports. */
  private static final List<String> RECORD_WRAPPERS =
      List.of("_source", "result", "record", "body", "data", "json", "DataItem");

  /** Lists of records in one document. */
  private static final List<String> RECORD_LISTS =
      List.of("Records", "records", "Events.Event", "Events", "events", "value", "hits.hits");

  /** Texts that may hold a record: the shippers' names for what they passed on unread. */
  private static final List<String> WRAPPED_TEXTS =
      List.of(
          "body",
          "message",
          "Message",
          "event.original",
          "event",
          "_raw",
          "raw",
          "log",
          "data",
          "record",
          "result",
          "payload",
          "winlog.xml",
          "xml");

  /** Attributes, as converters from XML to JSON write them. */
  private static final List<String> ATTRIBUTES = List.of(".@", ".#attributes.", "_attributes.");

  /** The lowest priority: of two texts of it the first counts. */
  static final int EXACT = 0;

  private static final int FALLBACK = 5;
  private static final int LAST_RESORT = 9;

  private FieldTable() {}

  /** The field that has this name in a manifest; null when it is one that is not read. */
  static @Nullable Field manifestField(String name) {
    return MANIFEST_NAMES.get(name);
  }

  /** The table as a trie, which one pass over a record walks along. */
  static FieldNode root() {
    FieldNode root = new FieldNode();
    for (String container : MANIFEST_CONTAINERS) {
      MANIFEST_NAMES.forEach((name, field) -> root.row(join(container, name), field, EXACT));
    }
    windowsEvent(root);
    flat(root);
    elastic(root);
    wazuh(root);
    namedItems(root);
    for (String text : WRAPPED_TEXTS) {
      root.row(text, Field.WRAPPED, EXACT, Form.VERBATIM);
    }
    for (String wrapper : RECORD_WRAPPERS) {
      root.at(wrapper).fallBackOn(root);
    }
    // An object of its own in ECS, and Splunk's wrapper of a record.
    root.at("event").fallBackOn(root);
    for (String list : RECORD_LISTS) {
      root.at(list).holdsRecords();
    }
    return root;
  }

  /** Windows' own schema, {@code Event/System}, in XML and in what converters make of it. */
  private static void windowsEvent(FieldNode root) {
    String system = "Event.System.";
    root.row(system + "EventID", Field.EVENT_ID, EXACT);
    root.row(system + "EventID.#text", Field.EVENT_ID, EXACT);
    root.row(system + "Channel", Field.CHANNEL, EXACT);
    root.row(system + "Computer", Field.HOST, EXACT);
    for (String attribute : ATTRIBUTES) {
      root.row(system + "Provider" + attribute + "Name", Field.PROVIDER, EXACT);
      root.row(system + "Provider" + attribute + "Guid", Field.PROVIDER_GUID, EXACT);
      root.row(system + "TimeCreated" + attribute + "SystemTime", Field.SYSTEM_TIME, EXACT);
    }
    root.row(system + "TimeCreated.SystemTime", Field.SYSTEM_TIME, EXACT);
    root.row(system + "Provider.Name", Field.PROVIDER, EXACT);
    root.row(system + "Provider.Guid", Field.PROVIDER_GUID, EXACT);
    root.row("Event.RenderingInfo.Message", Field.MESSAGE, FALLBACK);
    // Converters that drop the root element.
    root.at("System").fallBackOn(root.at("Event.System"));
  }

  /** Flat records: NXLog, Splunk, Sentinel, Fluent Bit, Vector, OpenTelemetry, PowerShell. */
  private static void flat(FieldNode root) {
    for (String id : List.of("EventID", "EventId", "event_id", "EventCode")) {
      root.row(id, Field.EVENT_ID, EXACT);
      for (String inner : List.of("Value", "#text", "id")) {
        root.row(id + "." + inner, Field.EVENT_ID, EXACT);
      }
    }
    root.row("Id", Field.EVENT_ID, FALLBACK);
    for (String provider :
        List.of(
            "SourceName",
            "ProviderName",
            "Provider",
            "provider_name",
            "source_name",
            "Source",
            "EventSourceName",
            "provider.name")) {
      root.row(provider, Field.PROVIDER, EXACT);
    }
    for (String guid : List.of("ProviderGuid", "provider_guid", "provider.guid")) {
      root.row(guid, Field.PROVIDER_GUID, EXACT);
    }
    for (String channel : List.of("Channel", "channel", "log_name", "EventLog", "LogName")) {
      root.row(channel, Field.CHANNEL, EXACT);
    }
    for (String host :
        List.of(
            "Hostname", "Computer", "ComputerName", "computer_name", "computer", "MachineName")) {
      root.row(host, Field.HOST, EXACT);
    }
    for (String time : List.of("TimeCreated", "system_time", "TimeCreated.SystemTime")) {
      root.row(time, Field.SYSTEM_TIME, EXACT);
    }
    root.row("EventTime", Field.SYSTEM_TIME, FALLBACK, Form.WITH_OFFSET);
    for (String time : List.of("@timestamp", "TimeGenerated", "timestamp", "_time", "date")) {
      root.row(time, Field.SHIPPER_TIME, EXACT);
    }
    // HEC's envelope.
    root.row("time", Field.SHIPPER_TIME, FALLBACK);
    for (String message : List.of("Message", "message", "RenderedDescription")) {
      root.row(message, Field.MESSAGE, EXACT);
    }
    for (String account : List.of("UserID", "UserName", "Account")) {
      root.row(account, Field.ACCOUNT, EXACT, Form.WITH_DOMAIN);
    }
    root.row("Domain", Field.ACCOUNT_DOMAIN, EXACT);
    root.row("AccountName", Field.ACCOUNT_NAME, EXACT);
    for (String text : List.of("EventData", "event_data")) {
      root.row(text, Field.EVENT_DATA_TEXT, EXACT, Form.VERBATIM);
    }
    root.at("StringInserts").holdsInserts();
    root.at("string_inserts").holdsInserts();
    root.at("Properties.Value").holdsInserts();
  }

  /** Winlogbeat 6 to 8 and Elastic Agent, before and after their ingest pipelines (ECS). */
  private static void elastic(FieldNode root) {
    root.row("winlog.event_id", Field.EVENT_ID, EXACT);
    root.row("event.code", Field.EVENT_ID, FALLBACK);
    root.row("winlog.provider_name", Field.PROVIDER, EXACT);
    root.row("event.provider", Field.PROVIDER, FALLBACK);
    root.row("winlog.provider_guid", Field.PROVIDER_GUID, EXACT);
    root.row("winlog.channel", Field.CHANNEL, EXACT);
    root.row("winlog.computer_name", Field.HOST, EXACT);
    // On a collector this is the collector, so it counts only where nothing else is left.
    root.row("host.name", Field.HOST, LAST_RESORT);
    root.row("winlog.time_created", Field.SYSTEM_TIME, EXACT);
    root.row("winlog.user.domain", Field.ACCOUNT_DOMAIN, EXACT);
    root.row("winlog.user.name", Field.ACCOUNT_NAME, EXACT);
    root.row("winlog.logon.id", Field.SUBJECT_LOGON_ID, FALLBACK);
    ecs(root);
  }

  /** ECS, which has one name for what Sysmon and Security name differently. */
  private static void ecs(FieldNode root) {
    root.row("process.executable", Field.IMAGE, FALLBACK);
    root.row("process.executable", Field.NEW_PROCESS_NAME, FALLBACK);
    root.row("process.command_line", Field.COMMAND_LINE, FALLBACK);
    root.row("process.working_directory", Field.CURRENT_DIRECTORY, FALLBACK);
    root.row("process.pe.original_file_name", Field.ORIGINAL_FILE_NAME, FALLBACK);
    root.row("process.entity_id", Field.PROCESS_GUID, FALLBACK);
    root.row("process.pid", Field.PROCESS_ID, FALLBACK);
    root.row("process.pid", Field.NEW_PROCESS_ID, FALLBACK);
    root.row("process.parent.executable", Field.PARENT_IMAGE, FALLBACK);
    root.row("process.parent.executable", Field.PARENT_PROCESS_NAME, FALLBACK);
    root.row("process.parent.command_line", Field.PARENT_COMMAND_LINE, FALLBACK);
    root.row("process.parent.entity_id", Field.PARENT_PROCESS_GUID, FALLBACK);
    root.row("file.path", Field.TARGET_FILENAME, FALLBACK);
    root.row("rule.name", Field.RULE_NAME, FALLBACK);
    root.row("user.domain", Field.USER_DOMAIN, EXACT);
    root.row("user.domain", Field.SUBJECT_DOMAIN_NAME, FALLBACK);
    root.row("user.name", Field.USER_NAME, EXACT);
    root.row("user.name", Field.SUBJECT_USER_NAME, FALLBACK);
    root.row("user.effective.domain", Field.TARGET_DOMAIN_NAME, FALLBACK);
    root.row("user.effective.name", Field.TARGET_USER_NAME, FALLBACK);
    // Winlogbeat 6 puts there the account that wrote the log, and marks it with its SID.
    root.row("user.identifier", Field.USER_OF_LOGGER, EXACT);
    root.row("network.direction", Field.INITIATED, FALLBACK);
    root.row("source.ip", Field.SOURCE_IP, FALLBACK);
    root.row("source.ip", Field.IP_ADDRESS, FALLBACK);
    root.row("destination.ip", Field.DESTINATION_IP, FALLBACK);
    root.row("destination.domain", Field.DESTINATION_HOSTNAME, FALLBACK);
    root.row("destination.port", Field.DESTINATION_PORT, FALLBACK);
    root.row("powershell.file.script_block_text", Field.SCRIPT_BLOCK_TEXT, FALLBACK);
    root.row("powershell.file.script_block_id", Field.SCRIPT_BLOCK_ID, FALLBACK);
    root.row("powershell.sequence", Field.MESSAGE_NUMBER, FALLBACK);
    root.row("powershell.total", Field.MESSAGE_TOTAL, FALLBACK);
  }

  private static void wazuh(FieldNode root) {
    String system = "win.system.";
    root.row(system + "eventID", Field.EVENT_ID, EXACT);
    root.row(system + "providerName", Field.PROVIDER, EXACT);
    root.row(system + "providerGuid", Field.PROVIDER_GUID, EXACT);
    root.row(system + "channel", Field.CHANNEL, EXACT);
    root.row(system + "computer", Field.HOST, EXACT);
    root.row(system + "systemTime", Field.SYSTEM_TIME, EXACT);
    MANIFEST_NAMES.forEach(
        (name, field) ->
            root.row(
                "win.eventdata." + Character.toLowerCase(name.charAt(0)) + name.substring(1),
                field,
                EXACT,
                Form.DOUBLED_BACKSLASHES));
  }

  /** Lists of fields, each a name and a text: {@code <Data Name='Image'>…</Data>} and its likes. */
  private static void namedItems(FieldNode root) {
    for (String container : MANIFEST_CONTAINERS) {
      if (container.isEmpty()) {
        continue;
      }
      for (String data : List.of("Data", "data")) {
        FieldNode item = root.at(join(container, data));
        item.holdsNamedItems(root.at(container));
        for (String name : List.of("@Name", "Name", "name", "#attributes.Name", "@name")) {
          item.row(name, Field.ITEM_NAME, EXACT, Form.VERBATIM);
        }
        for (String text : List.of("#text", "Value", "value", "text", "content")) {
          item.row(text, Field.ITEM_TEXT, EXACT, Form.VERBATIM);
        }
      }
    }
  }

  private static String join(String container, String name) {
    return container.isEmpty() ? name : container + "." + name;
  }
}
