package io.stagehound.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * How long after the copy of a chain was produced its alert can be read, beyond the
 * out-of-orderness that is configured, while ordinary telemetry comes at a steady rate.
 *
 * @param lines telemetry to send, with the time of the moment in it
 */
record Latency(Setting setting, Broker broker, Path lines) {

  private static final String TOPIC = "paced";
  private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(10);

  /** Compiling takes so long, and event time begins. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private static final Duration CHAIN_EVERY = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(10);

  /** So many different lines are sent again and again. */
  private static final int LINES = 20_000;

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private static final String TIME = "\"UtcTime\":\"";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Measures for 20 seconds a round. */
  List<Row> rows(double perSecond) throws IOException, InterruptedException {
    broker.createTopic(TOPIC, Broker.PARTITIONS);
    WatchRun run = WatchRun.of(setting, broker, TOPIC, TOPIC);
    Pace pace =
        new Pace(perSecond, WARM_UP, WARM_UP.plus(Duration.ofSeconds(20L * setting.rounds())));
    Map<String, Long> readable = new HashMap<>();
    try (Child watch = run.start("--out-of-orderness", OUT_OF_ORDERNESS.toSeconds() + "s");
        Sender sender = broker.sender(Map.of());
        KafkaConsumer<byte[], byte[]> alerts = broker.consumer(run.alerts())) {
      Thread pacer = new Thread(() -> pace.run(sender, templates()), "paced producer");
      pacer.start();
      try {
        long end = System.nanoTime() + pace.length.plus(PATIENCE).toNanos();
        while (System.nanoTime() < end
            && (pacer.isAlive() || !readable.keySet().containsAll(pace.produced.keySet()))) {
          watch.mustRun();
          alerts
              .poll(POLL)
              .forEach(
                  alert -> readable.putIfAbsent(host(alert.value()), Instant.now().toEpochMilli()));
        }
        pacer.join(PATIENCE.toMillis());
      } finally {
        pacer.interrupt();
      }
      return rows(pace, readable);
    }
  }

  private static String host(byte[] alert) {
    try {
      JsonNode host = JSON.readTree(alert).path("host");
      return host.asText();
    } catch (IOException e) {
      throw new IllegalStateException("no alert: " + new String(alert, StandardCharsets.UTF_8), e);
    }
  }

  private List<Row> rows(Pace pace, Map<String, Long> readable) {
    List<Long> latencies = new ArrayList<>();
    pace.produced.forEach(
        (host, produced) -> {
          Long read = readable.get(host);
          if (read == null) {
            throw new IllegalStateException(
                "no alert for " + host + ", which was produced at " + produced);
          }
          latencies.add(read - produced - OUT_OF_ORDERNESS.toMillis());
        });
    latencies.sort(null);
    String load =
        String.format(
            Locale.ROOT,
            "%,.0f events/s, %,d alerts, beyond 10 s out-of-orderness",
            pace.reached,
            latencies.size());
    return List.of(
        row("latency p50", percentile(latencies, 50), load),
        row("latency p99", percentile(latencies, 99), load));
  }

  private static long percentile(List<Long> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  private static Row row(String measured, long millis, String load) {
    return new Row("latency", measured, millis + " ms", load, null, null);
  }

  private List<Template> templates() {
    List<Template> templates = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(lines)) {
      for (String line = reader.readLine();
          line != null && templates.size() < LINES;
          line = reader.readLine()) {
        templates.add(new Template(line));
      }
    } catch (IOException e) {
      throw new IllegalStateException("telemetry cannot be read again: " + lines, e);
    }
    return templates;
  }

  /** A record whose time can be set. */
  private static final class Template {
    private final byte[] line;

    /** Where the time stands; -1 where there is none. */
    private final int at;

    private Template(String line) {
      this.line = line.getBytes(StandardCharsets.US_ASCII);
      // Offsets of characters are those of bytes: what is generated is ASCII.
      int found = line.indexOf(TIME);
      this.at = found < 0 ? -1 : found + TIME.length();
    }

    byte[] at(byte[] time) {
      byte[] record = line.clone();
      if (at >= 0) {
        System.arraycopy(time, 0, record, at, time.length);
      }
      return record;
    }
  }

  /** What is sent when. */
  private static final class Pace {
    private final double perSecond;
    private final Duration warmUp;
    private final Duration length;

    /** When the copies were produced, by host, in milliseconds since the epoch. */
    private final Map<String, Long> produced = new ConcurrentHashMap<>();

    private volatile double reached;

    Pace(double perSecond, Duration warmUp, Duration length) {
      this.perSecond = perSecond;
      this.warmUp = warmUp;
      this.length = length;
    }

    void run(Sender sender, List<Template> templates) {
      long start = System.nanoTime();
      long sent = 0;
      long chains = 0;
      for (long passed = 0; passed < length.toNanos(); passed = System.nanoTime() - start) {
        byte[] time = now();
        long due = (long) (perSecond * passed / 1e9);
        for (; sent < due; sent++) {
          byte[] record = templates.get((int) (sent % templates.size())).at(time);
          sender.send(TOPIC, (int) (sent % Broker.PARTITIONS), record);
        }
        if (passed / CHAIN_EVERY.toNanos() > chains) {
          chains = passed / CHAIN_EVERY.toNanos();
          chain(sender, chains, passed >= warmUp.toNanos());
        }
        try {
          Thread.sleep(2);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
      reached = sent / (length.toNanos() / 1e9);
    }

    private void chain(Sender sender, long number, boolean counts) {
      String host = "chain-" + number + ".corp.example";
      long now = System.currentTimeMillis();
      int partition = (int) (number % Broker.PARTITIONS);
      for (String record : List.of(archive(host, now), copy(host, now))) {
        sender.send(TOPIC, partition, record.getBytes(StandardCharsets.UTF_8));
      }
      if (counts) {
        produced.put(host, now);
      }
    }

    private static byte[] now() {
      return UTC.format(Instant.now()).getBytes(StandardCharsets.US_ASCII);
    }

    private static String archive(String host, long now) {
      return start(host, 11, now)
          + "\"Image\":\"C:\\\\Program Files\\\\7-Zip\\\\7z.exe\","
          + "\"TargetFilename\":\"C:\\\\Windows\\\\Temp\\\\loot.zip\"}";
    }

    private static String copy(String host, long now) {
      return start(host, 1, now)
          + "\"Image\":\"C:\\\\Windows\\\\System32\\\\xcopy.exe\","
          + "\"CommandLine\":\"xcopy C:\\\\Windows\\\\Temp\\\\loot.zip \\\\\\\\fs01\\\\in$\\\\\"}";
    }

    private static String start(String host, int id, long now) {
      return String.format(
          Locale.ROOT,
          "{\"Hostname\":\"%s\",\"EventID\":%d,\"SourceName\":\"Microsoft-Windows-Sysmon\","
              + "\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"UtcTime\":\"%s\","
              + "\"User\":\"CORP\\\\alice\",",
          host,
          id,
          UTC.format(Instant.ofEpochMilli(now)));
    }
  }
}
