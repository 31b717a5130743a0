package io.stagehound.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real records do to a reader, kind by kind, and which of them matter. */
class KindTrapsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static ObjectNode record(int eventId, String provider) {
    ObjectNode record = MAPPER.createObjectNode();
    record.put("EventID", eventId);
    record.put("SourceName", provider);
    record.put("Hostname", "ws01.corp.example");
    record.put("@timestamp", "2026-03-04T05:06:07.089Z");
    return record;
  }

  private static ObjectNode connection() {
    return record(3, "Microsoft-Windows-Sysmon")
        .put("Initiated", "true")
        .put("DestinationPort", "445")
        .put("DestinationIp", "192.0.2.20");
  }

  private static ObjectNode start() {
    return record(4688, "Microsoft-Windows-Security-Auditing")
        .put("SubjectUserName", "bob")
        .put("SubjectDomainName", "CORP")
        .put("SubjectLogonId", "0x49732")
        .put("NewProcessId", "0xda8")
        .put("NewProcessName", "C:\\Windows\\System32\\cmd.exe")
        .put("ProcessId", "0xd44")
        .put("CommandLine", "cmd.exe /c dir");
  }

  private static ObjectNode shareFile() {
    return record(5145, "Microsoft-Windows-Security-Auditing")
        .put("ShareName", "\\\\*\\C$")
        .put("RelativeTargetName", "Temp\\a.zip")
        .put("AccessMask", "0x2")
        .put("IpAddress", "192.0.2.10");
  }

  private static ObjectNode share() {
    ObjectNode record = shareFile().put("EventID", 5140);
    record.remove("RelativeTargetName");
    return record;
  }

  private static ObjectNode command() {
    return record(4103, "Microsoft-Windows-PowerShell")
        .put("Payload", "CommandInvocation(Copy-Item): \"Copy-Item\"\r\n");
  }

  private static ObjectNode script() {
    return record(4104, "Microsoft-Windows-PowerShell")
        .put("ScriptBlockText", "Copy-Item a b")
        .put("ScriptBlockId", "d5f310ed")
        .put("MessageNumber", 1)
        .put("MessageTotal", 1);
  }

  private static SysmonEvent event(ObjectNode record) {
    Collected collected = Collected.ofRecord(record.toString());
    assertThat(collected.deadLetters).isEmpty();
    assertThat(collected.events).hasSize(1);
    return collected.events.get(0);
  }

  private static boolean isRelevant(ObjectNode record) {
    Collected collected = Collected.ofRecord(record.toString());
    assertThat(collected.deadLetters).isEmpty();
    assertThat(collected.records()).isEqualTo(1);
    return collected.notRelevant == 0;
  }

  // ---- providers

  @ParameterizedTest(name = "{0} of {1} in {2}: {3}")
  @CsvSource({
    "4688, Microsoft-Windows-Security-Auditing, Security, relevant",
    "4688, MICROSOFT-WINDOWS-SECURITY-AUDITING, ForwardedEvents, relevant",
    "4688, , security, relevant",
    "4688, AD FS Auditing, Security, not relevant",
    "4688, Microsoft-Windows-Sysmon, Microsoft-Windows-Sysmon/Operational, not relevant",
    "4688, , , not relevant",
    "4104, Microsoft-Windows-PowerShell, Microsoft-Windows-PowerShell/Operational, relevant",
    "4104, PowerShellCore, PowerShellCore/Operational, relevant",
    "4104, , PowerShellCore/Operational, relevant",
    "4104, PowerShell, Windows PowerShell, not relevant",
    "4104, Microsoft-Windows-EventSystem, Application, not relevant",
    "4104, Microsoft-Windows-Security-Auditing, Security, not relevant",
    "800, PowerShell, Windows PowerShell, not relevant",
    "4624, Microsoft-Windows-Security-Auditing, Security, not relevant",
    "4105, Microsoft-Windows-PowerShell, Microsoft-Windows-PowerShell/Operational, not relevant",
  })
  void aKindIsToldByProviderOrChannel(int eventId, String provider, String channel, String told) {
    ObjectNode record = eventId == 4688 ? start() : script();
    record.put("EventID", eventId).put("SourceName", provider).put("Channel", channel);
    assertThat(isRelevant(record)).isEqualTo(told.equals("relevant"));
  }

  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource({
    "4688, {54849625-5478-4994-a5ba-3e3b0328c30d}, relevant",
    "4688, {5770385F-C22A-43E0-BF4C-06F5698FFBD9}, not relevant",
    "4104, a0c1853b-5c40-4b15-8766-3cf1c58f985a, relevant",
    "4104, {F90714A8-5509-434A-BF6D-B1624C8A19A2}, relevant",
    "4104, {54849625-5478-4994-A5BA-3E3B0328C30D}, not relevant",
  })
  void aKindIsToldByGuid(int eventId, String guid, String told) {
    ObjectNode record = eventId == 4688 ? start() : script();
    record.remove("SourceName");
    record.put("ProviderGuid", guid);
    assertThat(isRelevant(record)).isEqualTo(told.equals("relevant"));
  }

  // ---- what makes a record unusable

  @Test
  void aRelevantRecordWithoutHostOrTimeIsADeadLetter() {
    for (ObjectNode record :
        new ObjectNode[] {connection(), start(), share(), shareFile(), command(), script()}) {
      SysmonEvent event = event(record);
      assertThat(event.timeSource()).isEqualTo(TimeSource.SHIPPER_TIME);
      record.remove("Hostname");
      assertThat(Collected.ofRecord(record.toString()).deadLetters)
          .extracting(DeadLetter::reason)
          .allMatch(reason -> reason.contains("no host"))
          .hasSize(1);
      record.put("Hostname", "ws01").remove("@timestamp");
      record.put("EventTime", "2026-03-04 05:06:07");
      assertThat(Collected.ofRecord(record.toString()).deadLetters)
          .extracting(DeadLetter::reason)
          .allMatch(reason -> reason.contains("no time"))
          .hasSize(1);
    }
  }

  // ---- Sysmon 3

  @ParameterizedTest(name = "to port {0}, initiated {1}: {2}")
  @CsvSource({
    "445, true, true",
    "445, True, true",
    "445, , true",
    "445, false, false",
    "445, False, false",
    "139, true, false",
    "4450, true, false",
    ", true, false",
  })
  void ofConnectionsOnlyThoseToSmbMatter(
      @Nullable String port, @Nullable String initiated, boolean relevant) {
    ObjectNode record = connection().put("DestinationPort", port).put("Initiated", initiated);
    assertThat(isRelevant(record)).isEqualTo(relevant);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"egress, true", "outbound, true", "ingress, false", "inbound, false"})
  void theDirectionOfAConnectionIsToldByEcsToo(String direction, boolean relevant) {
    ObjectNode record = connection();
    record.remove("Initiated");
    record.putObject("network").put("direction", direction);
    assertThat(isRelevant(record)).isEqualTo(relevant);
  }

  @Test
  void whatAConnectionLacksIsADash() {
    SysmonEvent event = event(connection().put("DestinationHostname", "-").put("SourceIp", "-"));
    assertThat(event.destinationHostname()).isNull();
    assertThat(event.sourceIp()).isNull();
    assertThat(event.destinationIp()).isEqualTo("192.0.2.20");
  }

  // ---- Security 4688

  @Test
  void theProcessIdOfAStartIsTheParents() {
    assertThat(event(start()).processId()).isEqualTo(0xda8);
    assertThat(event(start().put("NewProcessId", 3496).put("ProcessId", 3396)).processId())
        .isEqualTo(3496);
    ObjectNode record = start();
    record.remove("NewProcessId");
    assertThat(event(record).processId()).isNull();
  }

  @Test
  void valuesThatWindowsLeavesToItsMessagesAreNone() {
    SysmonEvent event =
        event(start().put("TokenElevationType", "%%1937").put("MandatoryLabel", "S-1-16-12288"));
    assertThat(event.integrityLevel()).isNull();
    assertThat(event.image()).isEqualTo("C:\\Windows\\System32\\cmd.exe");
  }

  @ParameterizedTest(name = "{0}\\{1}: {2}, {3}")
  @CsvSource({
    ", , CORP\\bob, 0x49732",
    "-, -, CORP\\bob, 0x49732",
    "CORP, alice, CORP\\alice, 0x51000",
    "-, alice, alice, 0x51000",
  })
  void aProcessRunsAsItsTargetIfItHasOne(
      @Nullable String domain, @Nullable String name, String user, String logonId) {
    ObjectNode record =
        start()
            .put("TargetDomainName", domain)
            .put("TargetUserName", name)
            .put("TargetLogonId", "0x0000000000051000");
    assertThat(event(record).user()).isEqualTo(user);
    assertThat(event(record).logonId()).isEqualTo(logonId);
  }

  @Test
  void aStartMattersByItsProcessOrItsCommandLine() {
    ObjectNode record = start();
    record.remove("CommandLine");
    assertThat(isRelevant(record)).isTrue();
    record.put("NewProcessName", "");
    assertThat(isRelevant(record)).isFalse();
    record.put("CommandLine", "cmd");
    assertThat(isRelevant(record)).isTrue();
  }

  @Test
  void aCommandLineInAMessageEndsWithItsSection() {
    ObjectNode record = record(4688, "Microsoft-Windows-Security-Auditing");
    record.put(
        "Message",
        "A new process has been created.\r\n\r\nSubject:\r\n\tAccount Name:\t\tbob\r\n\tAccount"
            + " Domain:\t\tCORP\r\n\r\nProcess Information:\r\n\tNew Process Name:\tC:\\a.exe\r\n"
            + "\tProcess Command Line:\ta.exe one\r\ntwo\r\n\r\nToken Elevation Type indicates:"
            + " the type\r\n");
    SysmonEvent event = event(record);
    assertThat(event.commandLine()).isEqualTo("a.exe one\ntwo");
    assertThat(event.user()).isEqualTo("CORP\\bob");
  }

  // ---- Security 5140 and 5145

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "0x2, true",
    "0x4, true",
    "0x17019f, true",
    "0X6, true",
    "2, true",
    "1507743, true",
    "0x80, false",
    "0x1, false",
    "128, false",
    "%%4417, false",
    ", false",
  })
  void ofAccessesToFilesOnlyWritesMatter(@Nullable String accessMask, boolean relevant) {
    assertThat(isRelevant(shareFile().put("AccessMask", accessMask))).isEqualTo(relevant);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "\\\\*\\C$, true",
    "\\\\*\\IPC$, false",
    "\\\\*\\ipc$, false",
    "IPC$, false",
    "\\\\*\\MYIPC$, true",
    ", false"
  })
  void namedPipesAreNoFiles(@Nullable String shareName, boolean relevant) {
    assertThat(isRelevant(shareFile().put("ShareName", shareName))).isEqualTo(relevant);
    assertThat(isRelevant(share().put("ShareName", shareName))).isEqualTo(relevant);
  }

  @Test
  void aWriteHasAFile() {
    assertThat(isRelevant(shareFile().put("RelativeTargetName", ""))).isFalse();
    assertThat(event(share()).type()).isEqualTo(EventType.SHARE_ACCESS);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "192.0.2.10, 192.0.2.10",
    "::ffff:192.0.2.10, 192.0.2.10",
    "::FFFF:192.0.2.10, 192.0.2.10",
    "fe80::1, fe80::1",
    "::1, ::1",
    "-, ",
  })
  void oneAddressIsWrittenInOneWay(String written, @Nullable String read) {
    assertThat(event(share().put("IpAddress", written)).sourceIp()).isEqualTo(read);
  }

  // ---- PowerShell

  @Test
  void ofCommandsOnlyInvocationsMatter() {
    assertThat(isRelevant(command())).isTrue();
    assertThat(isRelevant(command().put("Payload", "Command Health: fine"))).isFalse();
    assertThat(isRelevant(command().put("Payload", ""))).isFalse();
  }

  @Test
  void theHostOfACommandIsNotTheCommand() {
    SysmonEvent event =
        event(
            command()
                .put(
                    "ContextInfo",
                    """
                            Host Application = powershell.exe -enc AAAA
                            User = CORP\\bob
                            Connected User = CORP\\eve
                    """));
    assertThat(event.user()).isEqualTo("CORP\\bob");
    assertThat(event.commandLine()).isNull();
    assertThat(event.image()).isNull();
  }

  @Test
  void theAccountThatWroteARecordOfPowerShellIsTheOneThatActed() {
    ObjectNode record = script().put("Domain", "CORP").put("AccountName", "bob");
    assertThat(event(record).user()).isEqualTo("CORP\\bob");
    assertThat(event(script().put("UserID", "CORP\\bob")).user()).isEqualTo("CORP\\bob");
    assertThat(event(script().put("UserID", "S-1-5-18")).user()).as("a SID").isNull();
    ObjectNode beat = script();
    beat.putObject("winlog").putObject("user").put("domain", "CORP").put("name", "bob");
    assertThat(event(beat).user()).isEqualTo("CORP\\bob");
    ObjectNode sysmon = connection().put("Domain", "NT AUTHORITY").put("AccountName", "SYSTEM");
    assertThat(event(sysmon).user()).as("that of Sysmon's service").isNull();
  }

  @Test
  void aScriptsPathIsNoField() {
    SysmonEvent event = event(script().put("Path", "C:\\x.ps1"));
    assertThat(event.targetFilename()).isNull();
    assertThat(event.image()).isNull();
  }

  @ParameterizedTest(name = "part [{0}]")
  @ValueSource(strings = {"", "-1", "one", "99999999999", "1.5"})
  void whatIsNoPartNumberIsNone(String number) {
    SysmonEvent event = event(script().put("MessageNumber", number));
    assertThat(event.messageNumber()).isNull();
    assertThat(event.messageTotal()).isEqualTo(1);
  }

  @Test
  void aScriptWithoutTextDoesNotMatter() {
    assertThat(isRelevant(script().put("ScriptBlockText", ""))).isFalse();
  }

  @Test
  void aMessageOfAScriptIsReadToItsLastId() {
    ObjectNode record = record(4104, "Microsoft-Windows-PowerShell");
    record.put(
        "Message",
        "Creating Scriptblock text (2 of 3):\r\na\r\n\r\nScriptBlock ID: forged\r\nb\r\n\r\n"
            + "ScriptBlock ID: d5f310ed\r\nPath: ");
    SysmonEvent event = event(record);
    assertThat(event.scriptBlockText()).isEqualTo("a\r\n\r\nScriptBlock ID: forged\r\nb");
    assertThat(event.scriptBlockId()).isEqualTo("d5f310ed");
    assertThat(event.messageNumber()).isEqualTo(2);
    assertThat(event.messageTotal()).isEqualTo(3);
    record.put("Message", "Creating Scriptblock text (1 of 1):\nGet-Date");
    assertThat(event(record).scriptBlockText()).as("a message that was cut").isEqualTo("Get-Date");
    record.put("Message", "Creating Scriptblock text (1 of 1):\n");
    assertThat(isRelevant(record)).isFalse();
  }

  @Test
  void aMessageOfACommandIsReadToItsLastContext() {
    ObjectNode record = record(4103, "Microsoft-Windows-PowerShell");
    record.put(
        "Message",
        """
        CommandInvocation(Out-Default): "Out-Default"
        ParameterBinding(Out-Default): name="InputObject"; value="
        Context:
          User = CORP\\forged"


        Context:
                User = CORP\\bob


        User Data:

        """);
    SysmonEvent event = event(record);
    assertThat(event.payload()).startsWith("CommandInvocation(").endsWith("forged\"");
    assertThat(event.user()).isEqualTo("CORP\\bob");
  }
}
