package io.stagehound.benchmarks;

import io.stagehound.decode.Decoded;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.TimeSource;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.jspecify.annotations.Nullable;

/**
 * Events of so many hosts, in {@link Batch}es that are asked for one after the other. Between them
 * it gives elements that stand for nothing, so that the source goes on and a checkpoint can be
 * taken.
 */
final class HostEvents implements GeneratorFunction<Long, Decoded> {
  private static final long serialVersionUID = 1L;

  /** How long a batch is in event time, and how far the next one begins behind it. */
  private static final Duration SPAN = Duration.ofMinutes(10);

  private static final String OTHER_FILE = "C:\\Users\\alice\\notes.txt";

  private static final Decoded NOTHING = new Decoded(null, null, 0, 0, false);

  /** Both readers are in this process. */
  private static volatile @Nullable Batch batch;

  private final int hosts;
  private final long began;
  private final boolean full;

  // Of the reader that this instance is of.
  private transient SplittableRandom random;
  private transient int subtask;
  private transient int readers;
  private transient @Nullable Batch current;
  private transient long given;

  /**
   * Events of hosts.
   *
   * @param hosts how many there are
   * @param began when event time begins, in milliseconds since the epoch
   * @param full whether the hosts' memories are to be full
   */
  @SuppressWarnings("NullAway.Init")
  HostEvents(int hosts, long began, boolean full) {
    this.hosts = hosts;
    this.began = began;
    this.full = full;
  }

  /** What is in a batch. */
  enum Kind {
    /** What each host's memory is to hold. */
    REMEMBERED,
    /** 60 % files, half of them in a staging folder, 40 % process starts, of any host. */
    ORDINARY,
    /** One event long after all others, so that they are forgotten. */
    END
  }

  /**
   * A part of the events.
   *
   * @param number one more than the batch before has
   * @param kind what is in it
   * @param events how many each reader gives out
   * @param given counted down when a reader has given out all of its part
   */
  record Batch(int number, Kind kind, long events, CountDownLatch given) {}

  /** Asks for a batch, and waits until it was given out: all but a buffer of it is through then. */
  static void give(int number, Kind kind, long events, int readers) throws InterruptedException {
    Batch next = new Batch(number, kind, events / readers, new CountDownLatch(readers));
    batch = next;
    next.given.await();
  }

  /** How many events of {@link Kind#REMEMBERED} there are. */
  long remembered() {
    return (long) hosts * rememberedOfHost();
  }

  private int rememberedOfHost() {
    return full ? FullMemory.EVENTS : 1;
  }

  @Override
  public void open(SourceReaderContext context) {
    subtask = context.getIndexOfSubtask();
    readers = context.currentParallelism();
    random = new SplittableRandom(subtask);
  }

  @Override
  public Decoded map(Long unused) throws InterruptedException {
    Batch now = current;
    if (now == null || given > now.events) {
      Batch next = batch;
      if (next == null || (now != null && next.number == now.number)) {
        Thread.sleep(1);
        return NOTHING;
      }
      now = next;
      current = next;
      given = 0;
    }
    long number = given++;
    if (number == now.events) {
      now.given.countDown();
      // Moves event time on, so that what was given enters.
      return decoded(file(subtask, time(now.number + 1, 0, now), OTHER_FILE, 0));
    }
    return decoded(event(now, number));
  }

  private static Decoded decoded(SysmonEvent event) {
    return new Decoded(event, null, 0, 0, false);
  }

  private SysmonEvent event(Batch now, long number) {
    long time = time(now.number, number, now);
    switch (now.kind) {
      case REMEMBERED -> {
        int host = (int) (number / rememberedOfHost()) * readers + subtask;
        int which = (int) (number % rememberedOfHost());
        return full
            ? FullMemory.event(this, host, time, which)
            : file(host, time, "C:\\Windows\\Temp\\archive" + host + ".zip", host);
      }
      case ORDINARY -> {
        int host = random.nextInt(hosts);
        int what = random.nextInt(10);
        if (what < 3) {
          return file(host, time, "C:\\Windows\\Temp\\tmp" + number + ".tmp", number);
        }
        return what < 6
            ? file(host, time, "C:\\Users\\alice\\Documents\\notes" + number + ".docx", number)
            : start(
                host,
                time,
                "C:\\Windows\\System32\\svchost.exe",
                "svchost.exe -k netsvcs -p " + number,
                number);
      }
      case END -> {
        return file(subtask, System.currentTimeMillis() - 60_000, OTHER_FILE, 0);
      }
    }
    throw new IllegalStateException("no such batch: " + now);
  }

  private long time(int batchNumber, long number, Batch now) {
    return began + SPAN.toMillis() * batchNumber + SPAN.toMillis() * number / (now.events + 1);
  }

  SysmonEvent file(int host, long time, String path, long process) {
    return event(
        EventType.FILE_CREATE, host, time, "C:\\Program Files\\7-Zip\\7z.exe", null, path, process);
  }

  SysmonEvent start(int host, long time, String image, String commandLine, long process) {
    return event(EventType.PROCESS_CREATE, host, time, image, commandLine, null, process);
  }

  private static SysmonEvent event(
      EventType type,
      int host,
      long time,
      String image,
      @Nullable String commandLine,
      @Nullable String file,
      long process) {
    boolean start = commandLine != null;
    return new SysmonEvent(
        type,
        time,
        TimeSource.UTC_TIME,
        "ws" + host + ".corp.example",
        "CORP\\user" + host,
        image,
        commandLine,
        start ? "C:\\Windows\\system32\\" : null,
        start ? image.substring(image.lastIndexOf('\\') + 1) : null,
        guid(process),
        process & 0xFFFF,
        start ? "C:\\Windows\\explorer.exe" : null,
        start ? "C:\\Windows\\Explorer.EXE" : null,
        start ? guid(7) : null,
        file,
        start ? "0x927d1" : null,
        start ? "Medium" : null,
        start ? "SHA256=0D1D3F6D0F6F2A9D0D1D3F6D0F6F2A9D0D1D3F6D0F6F2A9D0D1D3F6D0F6F2A9D" : null,
        "-",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static String guid(long process) {
    String hex = Long.toHexString(process | 1L << 48);
    return "55354ADA-" + hex.substring(0, 4) + "-0000-0000-" + hex;
  }
}
