package io.stagehound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Another reading of the published search, written apart from Stagehound's: whole documents as
 * trees, and plain regular expressions over their fields. It reads the shapes of the real telemetry
 * that the tests have, one a line.
 */
final class ScoreOracle {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Pattern STAGING =
      Pattern.compile(
          "(?i)\\\\temp\\\\|\\\\tmp\\\\|\\\\public\\\\|\\\\programdata\\\\|\\\\inetpub\\\\wwwroot\\\\"
              + "|\\\\wwwroot\\\\|\\\\appdata\\\\local\\\\temp\\\\|\\\\users\\\\public\\\\");
  private static final Pattern ARCHIVE =
      Pattern.compile("(?i)\\.(?:zip|rar|7z|tar|gz|cab|iso|bz2)\\z");
  private static final Pattern TOOL = Pattern.compile("(?i)xcopy\\.exe|robocopy\\.exe");
  private static final Pattern UNC = Pattern.compile("\\\\\\\\[A-Za-z0-9]");
  private static final Pattern SHELL = Pattern.compile("(?i)powershell\\.exe|pwsh\\.exe|cmd\\.exe");
  private static final Pattern COPYING =
      Pattern.compile("(?i)copy-item|move-item|xcopy|robocopy|copy\\s|move\\s");

  private ScoreOracle() {}

  /** Describes each detection of a file: host, type, score, indicators, and what was searched. */
  static void read(Path file, Consumer<String> detections) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Map<String, String> fields = line.startsWith("<") ? xml(line) : json(line);
        String detection = score(fields);
        if (detection != null) {
          detections.accept(detection);
        }
      }
    }
  }

  private static Map<String, String> json(String line) throws IOException {
    JsonNode record = MAPPER.readTree(line);
    JsonNode data =
        record.has("event_data")
            ? record.get("event_data")
            : record.path("EventData").isTextual()
                ? MAPPER.readTree(record.get("EventData").asText())
                : record;
    Map<String, String> fields = new HashMap<>();
    for (String name : List.of("Image", "CommandLine", "TargetFilename")) {
      if (data.hasNonNull(name)) {
        fields.put(name, data.get(name).asText());
      }
    }
    putFirst(fields, "EventID", record, "/EventID", "/event_id", "/winlog/event_id");
    putFirst(
        fields,
        "Provider",
        record,
        "/SourceName",
        "/source_name",
        "/Provider",
        "/winlog/provider_name");
    putFirst(
        fields,
        "Host",
        record,
        "/Hostname",
        "/computer_name",
        "/Computer",
        "/winlog/computer_name");
    putFirst(fields, "Image", record, "/process/executable");
    putFirst(fields, "TargetFilename", record, "/file/path");
    return fields;
  }

  private static void putFirst(
      Map<String, String> fields, String name, JsonNode record, String... pointers) {
    for (String pointer : pointers) {
      JsonNode node = record.at(pointer);
      if (!node.isMissingNode()) {
        fields.putIfAbsent(name, node.asText());
      }
    }
  }

  private static Map<String, String> xml(String line) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
      fields.put("EventID", document.getElementsByTagName("EventID").item(0).getTextContent());
      fields.put("Host", document.getElementsByTagName("Computer").item(0).getTextContent());
      fields.put(
          "Provider",
          ((Element) document.getElementsByTagName("Provider").item(0)).getAttribute("Name"));
      NodeList data = document.getElementsByTagName("Data");
      for (int i = 0; i < data.getLength(); i++) {
        Element item = (Element) data.item(i);
        fields.put(item.getAttribute("Name"), item.getTextContent());
      }
    } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
      throw new IOException(e);
    }
    return fields;
  }

  private static @Nullable String score(Map<String, String> fields) {
    String id = fields.getOrDefault("EventID", "");
    boolean start = id.equals("1");
    if (!"Microsoft-Windows-Sysmon".equals(fields.get("Provider")) || !(start || id.equals("11"))) {
      return null;
    }
    String image = fields.getOrDefault("Image", "");
    String target = fields.getOrDefault("TargetFilename", "");
    String commandLine = start ? fields.getOrDefault("CommandLine", "") : "";
    boolean staging = finds(STAGING, target.isEmpty() ? image : target);
    boolean archive = finds(ARCHIVE, target);
    boolean tool = start && finds(TOOL, image);
    boolean unc = finds(UNC, commandLine);
    boolean psCopy = start && unc && finds(SHELL, image) && finds(COPYING, commandLine);
    int sum =
        (staging ? 1 : 0) + (archive ? 1 : 0) + (tool ? 1 : 0) + (unc ? 1 : 0) + (psCopy ? 1 : 0);
    if (sum == 0) {
      return null;
    }
    String type =
        archive && staging
            ? "ArchiveInStagingDir"
            : tool && unc
                ? "RemoteCopyToolToUNC"
                : psCopy
                    ? "PSCmdRemoteCopy"
                    : archive
                        ? "ArchiveFileCreated"
                        : staging ? "FileInStagingDir" : "OtherStagingIndicator";
    return String.join(
        " | ",
        fields.getOrDefault("Host", "").toLowerCase(Locale.ROOT),
        type,
        Integer.toString(sum),
        "" + staging + archive + tool + unc + psCopy,
        image,
        target,
        commandLine);
  }

  /** Describes a row of Stagehound's table in the same words. */
  static String describe(JsonNode row) {
    return String.join(
        " | ",
        row.path("host").asText(),
        row.path("DetectionType").asText(),
        row.path("StagingScore").asText(),
        ""
            + flag(row, "IsStagingPath")
            + flag(row, "IsArchiveFile")
            + flag(row, "IsRemoteCopyTool")
            + flag(row, "IsUNCTarget")
            + flag(row, "IsPSCopy"),
        row.path("Image").asText(""),
        row.path("TargetFilename").asText(""),
        row.path("CommandLine").asText(""));
  }

  private static boolean flag(JsonNode row, String name) {
    return row.path(name).asInt() == 1;
  }

  private static boolean finds(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find();
  }
}
