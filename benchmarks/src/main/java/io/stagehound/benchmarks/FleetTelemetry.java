package io.stagehound.benchmarks;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry as 2,000 hosts in use send it: what Windows, Sysmon and PowerShell log all day, as
 * NXLog writes it, with the rendered message.
 *
 * <p>How frequent each kind is was counted in a recorded playbook, but for the two that the
 * indicators are about, whose share is chosen. A quarter of files is made in a staging folder; here
 * and there is an archive, a copy to a share, and on a few hosts an archive and then its copy.
 *
 * <p>The same seed gives the same records, of which a smaller set is the first part of a larger.
 */
final class FleetTelemetry implements Closeable {

  static final int HOSTS = 2_000;
  static final long SEED = 1074_002;

  /** The first of the hosts make archives and copy them. */
  private static final int CHAIN_HOSTS = 20;

  /** So many after them copy, each to a share of its own. */
  private static final int COPYING_HOSTS = 200;

  /** After so many records an archive is made, to be copied a fifth of them later. */
  private static final long BETWEEN_CHAINS = 10_000;

  private static final long CHAIN_ARCHIVE = 2_000;
  private static final long CHAIN_COPY = CHAIN_ARCHIVE + BETWEEN_CHAINS / 5;

  private static final Instant START = Instant.parse("2026-02-04T00:00:00Z");
  private static final long MILLIS_BETWEEN = 18;
  private static final long BEHIND_UTC_SECONDS = 4 * 3_600;
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final int ORDERS_OF_KEYS = 4;
  private static final int GUIDS = 1 << 12;
  private static final int GUIDS_OF_HOST = 8;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<OutputStream> files = new ArrayList<>();
  private final int thousandthsSought;

  private final Map<RecordKind, List<RecordLayout>> layouts = new HashMap<>();
  private final List<RecordKind> otherKinds = each(RecordKind.OTHERS, RecordKind::frequency);
  private final List<Program> programs = each(FleetContent.PROGRAMS, Program::frequency);
  private final byte[][] images = bytes(FleetContent.PROGRAMS.stream().map(Program::image));
  private final byte[][] keys = bytes(FleetContent.KEYS.stream());
  private final byte[][] users = bytes(FleetContent.USERS.stream().map(user -> "CORP\\" + user));
  private final byte[][] ports = bytes(FleetContent.PORTS.stream());
  private final byte[][] hosts = bytes(HOSTS, "WS%04d.corp.example"::formatted);
  private final byte[][] guids = bytes(GUIDS, "{55354ADA-%04X-5F91-D303-000000000400}"::formatted);
  private final byte[][] numbers = bytes(1 << 16, Integer::toString);
  private final byte[][] hashes =
      bytes(
          256,
          i ->
              "SHA1=%016X%016X%08X"
                  .formatted(random.nextLong(), random.nextLong(), random.nextInt()));

  private final Map<Slot, byte[]> values = new EnumMap<>(Slot.class);
  private long second = -1;
  private String utcSecond = "";
  private long written;

  private final Map<String, Long> detections = new TreeMap<>();
  private final long[] copiesOfChains = new long[CHAIN_HOSTS];

  private FleetTelemetry(List<Path> paths, int thousandthsSought) throws IOException {
    for (Path path : paths) {
      files.add(new BufferedOutputStream(Files.newOutputStream(path), 1 << 18));
    }
    this.thousandthsSought = thousandthsSought;
    Random order = new Random(SEED);
    layOut(RecordKind.PROCESS_CREATE, order);
    layOut(RecordKind.FILE_CREATE, order);
    RecordKind.OTHERS.forEach(kind -> layOut(kind, order));
  }

  private void layOut(RecordKind kind, Random order) {
    layouts.put(
        kind,
        IntStream.range(0, ORDERS_OF_KEYS).mapToObj(i -> new RecordLayout(kind, order)).toList());
  }

  /**
   * Writes a set.
   *
   * @param paths of the files, over which the hosts are spread as over collectors
   * @param thousandthsSought how many of a thousand records are Sysmon's 1 and 11
   */
  static Telemetry write(List<Path> paths, long records, int thousandthsSought) throws IOException {
    try (FleetTelemetry fleet = new FleetTelemetry(paths, thousandthsSought)) {
      while (fleet.written < records) {
        fleet.next();
      }
      return new Telemetry(paths, records, fleet.expected());
    }
  }

  private void next() throws IOException {
    long inChain = written % BETWEEN_CHAINS;
    long chain = written / BETWEEN_CHAINS;
    int chainHost = Math.toIntExact(chain % CHAIN_HOSTS);
    if (inChain == CHAIN_ARCHIVE) {
      file(chainHost, "C:\\Windows\\Temp\\archive" + chain + ".zip", "ArchiveInStagingDir");
    } else if (inChain == CHAIN_COPY) {
      start(chainHost, any(FleetContent.COPIES), chain);
      copiesOfChains[chainHost]++;
    } else if (random.nextInt(1_000) >= thousandthsSought) {
      other(random.nextInt(HOSTS));
    } else if (random.nextInt(4) == 0) {
      int host = random.nextInt(HOSTS);
      boolean copies = host >= CHAIN_HOSTS && host < CHAIN_HOSTS + COPYING_HOSTS;
      Program program =
          copies && random.nextInt(100) == 0 ? any(FleetContent.COPIES) : any(programs);
      start(host, program, random.nextInt(1 << 16));
    } else {
      file(random.nextInt(HOSTS));
    }
    written++;
  }

  private void other(int host) throws IOException {
    RecordKind kind = any(otherKinds);
    if (kind == RecordKind.OBJECT_ACCESSED) {
      set(Slot.TEXT, any(FleetContent.FOLDERS) + random.nextInt(1 << 16) + ".dat");
    }
    write(kind, host);
  }

  private void start(int host, Program program, long number) throws IOException {
    set(Slot.PROGRAM, program.image());
    set(Slot.ORIGINAL_NAME, program.image().substring(program.image().lastIndexOf('\\') + 1));
    set(
        Slot.TEXT,
        program
            .commandLine()
            .replace("#", Long.toString(number))
            .replace("@", Integer.toString(host)));
    write(RecordKind.PROCESS_CREATE, host);
    if (program.detectionType() != null) {
      detections.merge(program.detectionType(), 1L, Long::sum);
    }
  }

  private void file(int host) throws IOException {
    int number = random.nextInt(1 << 24);
    boolean archive = random.nextInt(250) == 0;
    if (random.nextInt(4) != 0) {
      file(
          host,
          any(FleetContent.FOLDERS) + number + (archive ? ".7z" : any(FleetContent.ENDINGS)),
          archive ? "ArchiveFileCreated" : null);
    } else if (archive && host >= CHAIN_HOSTS + COPYING_HOSTS) {
      file(host, any(FleetContent.STAGING_FOLDERS) + number + ".tmp.zip", "ArchiveInStagingDir");
    } else {
      file(
          host,
          any(FleetContent.STAGING_FOLDERS) + number + any(FleetContent.ENDINGS),
          "FileInStagingDir");
    }
  }

  private void file(int host, String path, @Nullable String detectionType) throws IOException {
    set(Slot.TEXT, path);
    write(RecordKind.FILE_CREATE, host);
    if (detectionType != null) {
      detections.merge(detectionType, 1L, Long::sum);
    }
  }

  /** Writes a record of this kind; what only some kinds have is set already. */
  private void write(RecordKind kind, int host) throws IOException {
    setTime();
    set(Slot.RECORD_NUMBER, Long.toString(written));
    values.put(Slot.HOST, hosts[host]);
    values.put(Slot.USER, users[host % users.length]);
    values.put(Slot.GUID, guid(host));
    values.put(Slot.OTHER_GUID, guid(host));
    values.put(Slot.PID, any(numbers));
    values.put(Slot.OTHER_PID, any(numbers));
    values.put(Slot.IMAGE, any(images));
    values.put(Slot.OTHER_IMAGE, any(images));
    values.put(Slot.KEY, any(keys));
    values.put(Slot.HASHES, any(hashes));
    values.put(Slot.PORT, any(ports));
    Objects.requireNonNull(layouts.get(kind))
        .get(random.nextInt(ORDERS_OF_KEYS))
        .write(values, files.get(host % files.size()));
  }

  private void setTime() {
    long millis = written * MILLIS_BETWEEN;
    if (millis / 1_000 != second) {
      second = millis / 1_000;
      Instant time = START.plusSeconds(second);
      utcSecond = SECOND.format(time);
      set(Slot.EVENT_TIME, SECOND.format(time.minusSeconds(BEHIND_UTC_SECONDS)));
    }
    String utc = utcSecond + '.' + Long.toString(millis % 1_000 + 1_000).substring(1);
    set(Slot.UTC_TIME, utc);
    set(Slot.SHIPPED_TIME, utc.replace(' ', 'T') + 'Z');
  }

  private Expected expected() {
    Map<String, Map<String, Long>> alerts = new TreeMap<>();
    for (int host = 0; host < CHAIN_HOSTS; host++) {
      long copies = copiesOfChains[host];
      if (copies > 0) {
        alerts.put(
            Expected.alert("archive-then-unc-copy", "ws%04d.corp.example".formatted(host)),
            Map.of("archive", copies, "copy", copies));
      }
    }
    return new Expected(detections, alerts);
  }

  private void set(Slot slot, String text) {
    values.put(slot, escaped(text));
  }

  private byte[] guid(int host) {
    return guids[(host * GUIDS_OF_HOST + random.nextInt(GUIDS_OF_HOST)) % GUIDS];
  }

  private byte[] any(byte[][] of) {
    return of[random.nextInt(of.length)];
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static byte[] escaped(String text) {
    return RecordLayout.escaped(text).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[][] bytes(Stream<String> texts) {
    return texts.map(FleetTelemetry::escaped).toArray(byte[][]::new);
  }

  private static byte[][] bytes(int count, IntFunction<String> text) {
    return bytes(IntStream.range(0, count).mapToObj(text));
  }

  /** Each as often as it is frequent, so that one of them at random is as frequent. */
  private static <T> List<T> each(List<T> values, ToIntFunction<T> frequency) {
    return values.stream()
        .flatMap(value -> Collections.nCopies(frequency.applyAsInt(value), value).stream())
        .toList();
  }

  @Override
  public void close() throws IOException {
    for (OutputStream file : files) {
      file.close();
    }
  }
}
