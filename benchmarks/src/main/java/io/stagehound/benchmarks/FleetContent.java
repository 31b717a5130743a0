package io.stagehound.benchmarks;

import java.util.List;

/**
 * What the users, programs and files of a fleet are called, and what the indicators say of each.
 */
final class FleetContent {

  private static final String TOOL_TO_UNC = "RemoteCopyToolToUNC";
  private static final String SHELL_TO_UNC = "PSCmdRemoteCopy";
  private static final String STAGED = "FileInStagingDir";
  private static final String OTHER = "OtherStagingIndicator";

  static final List<String> USERS =
      List.of("alice", "bob", "jürgen.müller", "zoë", "王伟", "svc-backup", "d.okafor", "o'neill");

  private static final String SYSTEM32 = "C:\\Windows\\System32\\";
  private static final String POWERSHELL = SYSTEM32 + "WindowsPowerShell\\v1.0\\powershell.exe";

  static final List<Program> PROGRAMS =
      List.of(
          new Program(SYSTEM32 + "svchost.exe", "svchost.exe -k netsvcs -p -s Svc#", 2_400, null),
          new Program(
              SYSTEM32 + "conhost.exe",
              "\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1",
              1_500,
              null),
          new Program(
              SYSTEM32 + "wbem\\WmiPrvSE.exe",
              "C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding",
              1_200,
              null),
          new Program(
              SYSTEM32 + "backgroundTaskHost.exe",
              "\"C:\\Windows\\system32\\backgroundTaskHost.exe\" -ServerName:App.AppX#.mca",
              900,
              null),
          new Program(SYSTEM32 + "taskhostw.exe", "taskhostw.exe Install $(Arg#)", 600, null),
          new Program(
              SYSTEM32 + "RuntimeBroker.exe",
              "C:\\Windows\\System32\\RuntimeBroker.exe -Embedding",
              600,
              null),
          new Program(
              "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
              "\"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe\" --type=renderer"
                  + " --field-trial-handle=1676,#,131072 --lang=de --device-scale-factor=1"
                  + " --num-raster-threads=2 --renderer-client-id=# --no-v8-untrusted-code-mitigations"
                  + " --mojo-platform-channel-handle=# /prefetch:1",
              900,
              null),
          new Program(SYSTEM32 + "cmd.exe", "cmd.exe /c \"ver & tasklist /fi pid#\"", 700, null),
          new Program(
              POWERSHELL,
              "powershell.exe -NoProfile -ExecutionPolicy Bypass -File \"C:\\Program Files\\Corp\\"
                  + "Prüfung #.ps1\" -Verbose",
              400,
              null),
          new Program(SYSTEM32 + "reg.exe", "reg query HKLM\\SOFTWARE\\Corp /v Build#", 300, null),
          new Program(
              "C:\\Users\\Public\\Documents\\setup.exe",
              "C:\\Users\\Public\\Documents\\setup.exe /S /id=#",
              200,
              STAGED),
          new Program(
              SYSTEM32 + "cmd.exe",
              "cmd.exe /c \"C:\\\\Windows\\\\System32\\\\whoami.exe\" /all #",
              40,
              OTHER),
          new Program(SYSTEM32 + "net.exe", "net use H: \\\\fs0@\\home@ /persistent:no", 60, OTHER),
          new Program(
              SYSTEM32 + "wbem\\WMIC.exe",
              "WMIC /namespace:\"\\\\root\\subscription\" path __EventFilter get Name",
              20,
              OTHER),
          new Program(
              SYSTEM32 + "Robocopy.exe",
              "robocopy C:\\Data\\Projekte D:\\Backup\\# /MIR /R:1 /W:1",
              30,
              OTHER),
          new Program(
              SYSTEM32 + "cmd.exe",
              "cmd.exe /c copy C:\\Windows\\\\system32\\\\certutil.exe C:\\Tools\\cu#.exe",
              10,
              SHELL_TO_UNC),
          new Program(
              SYSTEM32 + "findstr.exe",
              "findstr /S /I cpassword \\\\dc01\\sysvol\\corp.example\\policies\\#.xml",
              10,
              OTHER));

  /** Copies to a share. */
  static final List<Program> COPIES =
      List.of(
          new Program(
              SYSTEM32 + "xcopy.exe",
              "xcopy C:\\Windows\\Temp\\archive#.zip \\\\fs0@\\own@$\\in\\ /Y",
              1,
              TOOL_TO_UNC),
          new Program(
              SYSTEM32 + "Robocopy.exe",
              "robocopy C:\\Windows\\Temp \\\\fs0@\\own@$\\in archive#.zip /R:1",
              1,
              TOOL_TO_UNC),
          new Program(
              POWERSHELL,
              "powershell.exe -NoProfile -Command Copy-Item -Path C:\\Windows\\Temp\\archive#.zip"
                  + " -Destination '\\\\fs0@\\own@$\\in'",
              1,
              SHELL_TO_UNC));

  static final List<String> FOLDERS =
      List.of(
          "C:\\Users\\alice\\AppData\\Local\\Microsoft\\Edge\\User Data\\Default\\Cache\\f_",
          "C:\\Windows\\ServiceState\\EventLog\\Data\\lastalive",
          "C:\\Windows\\Prefetch\\SVCHOST.EXE-",
          "C:\\Windows\\System32\\sru\\SRU",
          "C:\\Users\\alice\\Documents\\Übersicht ",
          "C:\\Windows\\assembly\\NativeImages_v4.0.30319_64\\Corp\\");

  static final List<String> ENDINGS = List.of(".tmp", ".dat", ".pf", ".log", ".docx", ".dll");

  static final List<String> STAGING_FOLDERS =
      List.of(
          "C:\\Windows\\Temp\\tmp",
          "C:\\Users\\alice\\AppData\\Local\\Temp\\~DF",
          "C:\\ProgramData\\Microsoft\\Windows\\WER\\Temp\\WER",
          "C:\\Windows\\TEMP\\Crashpad\\reports\\");

  static final List<String> PORTS = List.of("443", "443", "80", "53", "389", "88", "445");

  static final List<String> KEYS =
      List.of(
          "HKLM\\System\\CurrentControlSet\\Services\\Tcpip\\Parameters",
          "HKU\\.DEFAULT\\Software\\Microsoft\\Internet Settings\\Lockdown_Zones\\1\\1200",
          "HKLM\\SOFTWARE\\Microsoft\\.NETFramework",
          "HKCR",
          "HKU\\.DEFAULT\\Software\\Microsoft\\SystemCertificates\\Root\\Certificates",
          "HKLM\\SOFTWARE\\Corp\\Größe");

  private FleetContent() {}
}
