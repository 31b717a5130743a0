package io.stagehound.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry of made-up hosts, on which chains, near misses and noise are planted, each event with
 * the role that it was planted in; and the alerts that follow from the roles, found by comparing
 * every archive with every copy. It knows nothing of how Stagehound decodes, scores or correlates.
 */
final class PlantedHosts {

  /** The role that an event was planted in. */
  enum Role {
    ARCHIVE,
    COPY,
    NOISE
  }

  /** A planted event. {@code path} is the archive's, or what a copy takes. */
  record Planted(String host, long time, Role role, @Nullable String path, String json) {}

  /** An alert that the planted roles call for. */
  record Expected(
      String host,
      Instant firstSeen,
      Instant lastSeen,
      long archives,
      long copies,
      boolean linked) {}

  static final Duration WINDOW = Duration.ofHours(24);

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final long SPAN = Duration.ofDays(6).toMillis();

  private final Random random;
  private final List<Planted> events = new ArrayList<>();
  private int serial;

  PlantedHosts(long seed, int hosts) {
    random = new Random(seed);
    for (int i = 0; i < hosts; i++) {
      plant(String.format("ws%04d.corp.example", i));
    }
  }

  List<Planted> events() {
    return events;
  }

  private void plant(String host) {
    long start = START + (long) (random.nextDouble() * SPAN);
    switch (random.nextInt(8)) {
      case 0 -> chain(host, start, Duration.ofMinutes(random.nextInt(24 * 60)));
      case 1 -> chain(host, start, Duration.ZERO);
      case 2 -> chain(host, start, WINDOW);
      case 3 -> chain(host, start, WINDOW.plusMillis(1));
      case 4 -> {
        copy(host, start, null);
        archive(host, start + 1 + random.nextInt(100_000));
      }
      case 5 -> {
        archive(host, start);
        pull(host, start + 60_000);
        lookalike(host, start + 120_000);
      }
      case 6 -> busy(host, start);
      default -> {
        // Noise alone.
      }
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      lookalike(host, START + (long) (random.nextDouble() * SPAN));
    }
  }

  private void chain(String host, long start, Duration gap) {
    String path = archive(host, start);
    copy(host, start + gap.toMillis(), random.nextBoolean() ? path : null);
  }

  /** Many archives and copies with pauses about as long as the window. */
  private void busy(String host, long start) {
    long time = start;
    String path = null;
    for (int i = 5 + random.nextInt(60); i > 0; i--) {
      time +=
          random.nextInt(6) == 0
              ? Duration.ofHours(20 + random.nextInt(8)).toMillis()
              : random.nextInt(600_000);
      if (random.nextInt(4) > 0) {
        path = archive(host, time);
      } else {
        copy(host, time, random.nextInt(3) == 0 ? path : null);
      }
    }
  }

  private String archive(String host, long time) {
    String[] folders = {
      "C:\\Users\\Public\\",
      "C:\\ProgramData\\stage\\",
      "C:\\Windows\\Temp\\",
      "C:\\inetpub\\wwwroot\\up\\"
    };
    String[] extensions = {".zip", ".rar", ".7z", ".tar.gz"};
    String path =
        folders[random.nextInt(folders.length)]
            + "part"
            + serial
            + extensions[random.nextInt(extensions.length)];
    ObjectNode event = event(11, host, time, "C:\\Program Files\\7-Zip\\7z.exe");
    event.put("TargetFilename", path);
    add(host, time, Role.ARCHIVE, path, event);
    return path;
  }

  private void copy(String host, long time, @Nullable String archive) {
    String source = archive != null ? archive : "D:\\plans\\draft" + serial + ".docx";
    String target = "\\\\fs" + random.nextInt(5) + "\\drop$";
    String image;
    String commandLine;
    switch (random.nextInt(4)) {
      case 0 -> {
        image = "C:\\Windows\\System32\\xcopy.exe";
        commandLine = "xcopy.exe  \"" + source + "\" " + target + " /y";
      }
      case 1 -> {
        image = "C:\\Windows\\System32\\cmd.exe";
        commandLine = "cmd.exe /c copy \"" + source + "\" " + target + "\\";
      }
      case 2 -> {
        image = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
        commandLine = "powershell.exe -c Copy-Item -Path '" + source + "' -Destination " + target;
      }
      default -> {
        image = "C:\\Windows\\System32\\Robocopy.exe";
        int cut = source.lastIndexOf('\\');
        commandLine =
            "robocopy \""
                + source.substring(0, cut)
                + "\" "
                + target
                + " "
                + source.substring(cut + 1);
      }
    }
    ObjectNode event = event(1, host, time, image);
    event.put("CommandLine", commandLine);
    add(host, time, Role.COPY, archive, event);
  }

  private void pull(String host, long time) {
    ObjectNode event = event(1, host, time, "C:\\Windows\\System32\\Robocopy.exe");
    event.put("CommandLine", "robocopy \\\\fs1\\tools C:\\Tools setup.exe");
    add(host, time, Role.NOISE, null, event);
  }

  /** What shares words with a step but is none. */
  private void lookalike(String host, long time) {
    switch (random.nextInt(7)) {
      case 0 -> {
        ObjectNode event = event(11, host, time, "C:\\Windows\\explorer.exe");
        event.put("TargetFilename", "C:\\Users\\alice\\Documents\\photos.zip");
        add(host, time, Role.NOISE, null, event);
      }
      case 1 -> {
        ObjectNode event = event(11, host, time, "C:\\Windows\\System32\\svchost.exe");
        event.put("TargetFilename", "C:\\Windows\\Temp\\state.log");
        add(host, time, Role.NOISE, null, event);
      }
      case 2 -> commandLine(host, time, "cmd.exe", "cmd /c copy C:\\Windows\\\\system32\\a.exe b");
      case 3 ->
          commandLine(host, time, "wbem\\WMIC.exe", "wmic /namespace:\"\\\\root\\cimv2\" path x");
      case 4 -> commandLine(host, time, "net.exe", "net use Z: \\\\fs1\\tools");
      case 5 -> commandLine(host, time, "xcopy.exe", "xcopy C:\\a C:\\b /s");
      default -> {
        ObjectNode event = event(1, host, time, "C:\\Windows\\System32\\xcopy.exe");
        event.put("SourceName", "Microsoft-Windows-Kernel-General");
        event.put("Channel", "System");
        event.put("CommandLine", "xcopy a \\\\fs1\\drop$");
        add(host, time, Role.NOISE, null, event);
      }
    }
  }

  private void commandLine(String host, long time, String image, String commandLine) {
    ObjectNode event = event(1, host, time, "C:\\Windows\\System32\\" + image);
    event.put("CommandLine", commandLine);
    add(host, time, Role.NOISE, null, event);
  }

  private ObjectNode event(int id, String host, long time, String image) {
    ObjectNode event = MAPPER.createObjectNode();
    event.put("EventID", id);
    event.put("SourceName", "Microsoft-Windows-Sysmon");
    event.put("Channel", "Microsoft-Windows-Sysmon/Operational");
    event.put("Hostname", host);
    event.put("UtcTime", UTC_TIME.format(Instant.ofEpochMilli(time)));
    event.put("ProcessGuid", String.format("{00000000-0000-0000-0000-%012x}", ++serial));
    event.put("User", "CORP\\alice");
    event.put("Image", image);
    return event;
  }

  private void add(String host, long time, Role role, @Nullable String path, ObjectNode event) {
    try {
      events.add(new Planted(host, time, role, path, MAPPER.writeValueAsString(event)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The alerts that the planted roles call for, by host and time. */
  List<Expected> expectedAlerts() {
    TreeMap<String, List<Planted>> byHost = new TreeMap<>();
    for (Planted event : events) {
      byHost.computeIfAbsent(event.host(), host -> new ArrayList<>()).add(event);
    }
    List<Expected> expected = new ArrayList<>();
    byHost.values().forEach(host -> expected.addAll(expectedOf(host)));
    return expected;
  }

  private static List<Expected> expectedOf(List<Planted> host) {
    long window = WINDOW.toMillis();
    List<Planted> matched =
        host.stream()
            .filter(copy -> copy.role() == Role.COPY)
            .filter(copy -> host.stream().anyMatch(event -> isBehind(event, copy)))
            .sorted(Comparator.comparingLong(Planted::time))
            .toList();
    List<Expected> alerts = new ArrayList<>();
    List<Planted> run = new ArrayList<>();
    for (Planted copy : matched) {
      if (!run.isEmpty() && copy.time() - run.get(run.size() - 1).time() > window) {
        alerts.add(alert(host, run));
        run.clear();
      }
      run.add(copy);
    }
    if (!run.isEmpty()) {
      alerts.add(alert(host, run));
    }
    return alerts;
  }

  private static Expected alert(List<Planted> host, List<Planted> copies) {
    List<Planted> archives =
        host.stream()
            .filter(event -> copies.stream().anyMatch(copy -> isBehind(event, copy)))
            .toList();
    boolean linked =
        copies.stream()
            .anyMatch(
                copy ->
                    copy.path() != null
                        && archives.stream()
                            .anyMatch(
                                archive ->
                                    copy.path().equals(archive.path()) && isBehind(archive, copy)));
    return new Expected(
        copies.get(0).host(),
        Instant.ofEpochMilli(archives.stream().mapToLong(Planted::time).min().orElseThrow()),
        Instant.ofEpochMilli(copies.get(copies.size() - 1).time()),
        archives.size(),
        copies.size(),
        linked);
  }

  private static boolean isBehind(Planted archive, Planted copy) {
    return archive.role() == Role.ARCHIVE
        && archive.time() <= copy.time()
        && copy.time() <= archive.time() + WINDOW.toMillis();
  }
}
