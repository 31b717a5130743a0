package io.stagehound.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.SharedData;
import io.stagehound.decode.JsonTree.JsonObject;
import io.stagehound.decode.JsonTree.JsonText;
import io.stagehound.event.EventType;
import io.stagehound.event.SysmonEvent;
import io.stagehound.event.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The decoder against {@link TreeReader}, a plain twin of it that reads trees, on real documents
 * and on mutations of them: one by one as messages, and some in a row as a stream. Both give the
 * same events, records that are not relevant and dead letters, in the same order; only what is
 * wrong with malformed JSON they may tell differently.
 *
 * <p>Documents are drawn from a seed for each chunk of them, whatever runs in parallel, so that a
 * failure comes again. By default there are 100,000 mutations, beside each document as it is;
 * {@code -Dstagehound.differential.documents=1000000} asks for a million, which take 80 seconds of
 * two idle cores, and {@code -Dstagehound.differential.seed=1} for others.
 */
class DecoderDifferentialTest {

  private static final int MUTATIONS =
      Integer.getInteger("stagehound.differential.documents", 100_000);

  private static final long SEED = Long.getLong("stagehound.differential.seed", 20260304);

  /** Documents with one seed. */
  private static final int CHUNK = 512;

  /** Documents in one stream. */
  private static final int STREAM = 16;

  /** Of how many documents one is read in a stream too. */
  private static final int STREAMED_ONE_OF = 4;

  private static final String NOT_RELEVANT = "not relevant";

  /** Mostly line ends; else what concatenated exports have between documents, or nothing. */
  private static final String[] BETWEEN = {
    "\n", "\n", "\n", "\n", "\n", "\n", "\r\n", "\r\n", "\n\n", "", ",", ",\n", " ", "\0", "\u001e",
    "]\n["
  };

  // ---- what is compared

  /** What may be said of JSON that is malformed; which it is depends on how it is read. */
  private static final List<String> MALFORMED_JSON =
      List.of(
          "not JSON",
          "a number, a text or a nesting is longer than any record's",
          "more text after the end of the record",
          "the record ends too soon",
          "the list ends too soon",
          "the text ends too soon");

  /** What a decoder gave, in its order. */
  private static final class Outcomes implements DecodedSink {
    private final List<Object> all = new ArrayList<>();

    @Override
    public void event(SysmonEvent event) {
      all.add(event);
    }

    @Override
    public void notRelevant() {
      all.add(NOT_RELEVANT);
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      String reason = letter.reason();
      int where = reason.indexOf(": wrong at line ");
      reason = where < 0 ? reason : reason.substring(0, where);
      for (String malformed : MALFORMED_JSON) {
        reason = reason.replace(malformed, "malformed JSON");
      }
      all.add(
          new DeadLetter(
              letter.origin(), letter.position(), letter.length(), reason, letter.excerpt()));
    }
  }

  private interface Decoding {
    void into(DecodedSink sink) throws IOException;
  }

  private static List<Object> outcomes(Decoding decoding) {
    Outcomes outcomes = new Outcomes();
    try {
      decoding.into(outcomes);
    } catch (RuntimeException | StackOverflowError | IOException e) {
      outcomes.all.add(e + " at " + List.of(e.getStackTrace()).subList(0, 3));
    }
    return outcomes.all;
  }

  /** One of the runs of documents that have one seed. */
  private static final class Chunk {
    private final TelemetryDecoder decoder = new TelemetryDecoder();
    private final TreeReader twin = new TreeReader();
    private final Tally tally = new Tally();

    Tally compare(Corpus corpus, int number, int documents) {
      SplittableRandom random = new SplittableRandom(SEED + number);
      Mutations mutations = new Mutations(random, () -> corpus.draw(random));
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (int i = 0; i < documents && tally.difference == null; i++) {
        int index = number * CHUNK + i;
        // Each document as it is, once.
        byte[] document =
            index < corpus.all.size()
                ? corpus.all.get(index)
                : mutations.mutate(corpus.draw(random));
        String what = "document " + i + " of chunk " + number;
        tally.count(document.length, compareMessage(what, document));
        if (i / STREAM % STREAMED_ONE_OF == 0) {
          stream.writeBytes(document);
          String between = BETWEEN[random.nextInt(BETWEEN.length)];
          stream.writeBytes(between.getBytes(StandardCharsets.US_ASCII));
          if (i % STREAM == STREAM - 1) {
            stream.write('\n');
            compareStream("the stream that ends with " + what, stream.toByteArray());
            stream.reset();
          }
        }
      }
      return tally;
    }

    private List<Object> compareMessage(String what, byte[] message) {
      List<Object> expected = outcomes(sink -> twin.decodeMessage(7, message, sink));
      List<Object> given =
          outcomes(sink -> decoder.decodeMessage(TreeReader.ORIGIN, 7, message, sink));
      compare(what, message, given, expected);
      return expected;
    }

    private void compareStream(String what, byte[] stream) {
      List<Object> expected = outcomes(sink -> twin.decodeStream(stream, sink));
      List<Object> given =
          outcomes(
              sink -> {
                try (RecordReader reader =
                    new RecordReader(TreeReader.ORIGIN, new ByteArrayInputStream(stream))) {
                  while (reader.readRecord(decoder, sink)) {
                    // All that it gives is compared.
                  }
                }
              });
      compare(what, stream, given, expected);
    }

    private void compare(String what, byte[] input, List<Object> given, List<Object> expected) {
      if (given.equals(expected) || tally.difference != null) {
        return;
      }
      int same = 0;
      while (same < Math.min(given.size(), expected.size())
          && given.get(same).equals(expected.get(same))) {
        same++;
      }
      tally.difference =
          "%s, seed %d: %d outcomes for %d; outcome %d is%n%s%nand should be%n%s%nfor%n%s%nin Base64%n%s"
              .formatted(
                  what,
                  SEED,
                  given.size(),
                  expected.size(),
                  same,
                  same < given.size() ? given.get(same) : "none",
                  same < expected.size() ? expected.get(same) : "none",
                  Text.cut(new String(input, StandardCharsets.UTF_8), 4000),
                  Base64.getEncoder().encodeToString(input));
    }
  }

  /** Counts, so that the documents are known to be of all kinds. */
  private static final class Tally {
    private int documents;
    private long bytes;
    private int withEvent;
    private int withNotRelevant;
    private int withDeadLetter;
    private int withSeveral;
    private final Set<EventType> types = EnumSet.noneOf(EventType.class);
    private @Nullable String difference;

    void count(int length, List<Object> outcomes) {
      documents++;
      bytes += length;
      boolean event = false;
      boolean notRelevant = false;
      boolean deadLetter = false;
      for (Object outcome : outcomes) {
        if (outcome instanceof SysmonEvent decoded) {
          event = true;
          types.add(decoded.type());
        } else if (outcome instanceof DeadLetter) {
          deadLetter = true;
        } else {
          notRelevant = true;
        }
      }
      withEvent += event ? 1 : 0;
      withNotRelevant += notRelevant ? 1 : 0;
      withDeadLetter += deadLetter ? 1 : 0;
      withSeveral += outcomes.size() > 1 ? 1 : 0;
    }

    Tally and(Tally other) {
      documents += other.documents;
      bytes += other.bytes;
      withEvent += other.withEvent;
      withNotRelevant += other.withNotRelevant;
      withDeadLetter += other.withDeadLetter;
      withSeveral += other.withSeveral;
      types.addAll(other.types);
      difference = difference == null ? other.difference : difference;
      return this;
    }

    @Override
    public String toString() {
      return "%d documents of %d bytes on average: %d with an event, %d with one that is not relevant, %d with a dead letter, %d with several"
          .formatted(
              documents,
              bytes / Math.max(1, documents),
              withEvent,
              withNotRelevant,
              withDeadLetter,
              withSeveral);
    }
  }

  // ---- what it is compared on

  /**
   * Documents.
   *
   * @param sources the same, by what they come from, so that none is drawn more for being longer
   */
  private record Corpus(List<byte[]> all, List<List<byte[]>> sources) {

    static Corpus of(Stream<Path> files) {
      List<byte[]> all = new ArrayList<>();
      List<List<byte[]>> sources = new ArrayList<>();
      files
          .sorted()
          .map(Corpus::documents)
          .filter(found -> !found.isEmpty())
          .forEach(
              found -> {
                all.addAll(found);
                sources.add(found);
              });
      return new Corpus(all, sources);
    }

    /** The lines that are JSON, and those that are XML, wrapped in JSON. */
    private static List<byte[]> documents(Path file) {
      List<byte[]> documents = new ArrayList<>();
      try (InputStream raw = Files.newInputStream(file);
          InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        for (String line : (Iterable<String>) text.lines()::iterator) {
          if (line.startsWith("{") && JsonTree.read(line).isGood()) {
            documents.add(line.getBytes(StandardCharsets.UTF_8));
          } else if (line.startsWith("<Event ")) {
            JsonObject wrapper = new JsonObject().with("message", new JsonText(line));
            documents.add(JsonStyle.plain(wrapper).getBytes(StandardCharsets.UTF_8));
          }
        }
        if (documents.isEmpty() && JsonTree.read(text).isGood()) {
          documents.add(text.getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return documents;
    }

    byte[] draw(SplittableRandom random) {
      List<byte[]> source = sources.get(random.nextInt(sources.size()));
      return source.get(random.nextInt(source.size()));
    }
  }

  private static Stream<Path> fixtures() throws IOException, URISyntaxException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("shapes", "kinds")) {
      URL url = Objects.requireNonNull(DecoderDifferentialTest.class.getResource(folder), folder);
      try (Stream<Path> found = Files.list(Path.of(url.toURI()))) {
        found.forEach(files::add);
      }
    }
    try (Stream<Path> found = Files.walk(SharedData.samples())) {
      found.filter(file -> file.getFileName().toString().startsWith("events.")).forEach(files::add);
    }
    return files.stream();
  }

  /** Compares all documents and half of the mutations. */
  private static Tally compareAll(Corpus corpus) {
    int documents = corpus.all.size() + MUTATIONS / 2;
    Tally tally =
        IntStream.range(0, (documents + CHUNK - 1) / CHUNK)
            .parallel()
            .mapToObj(
                number ->
                    new Chunk()
                        .compare(corpus, number, Math.min(CHUNK, documents - number * CHUNK)))
            .reduce(Tally::and)
            .orElseThrow();
    System.out.println(tally);
    assertThat(tally.difference).isNull();
    assertThat(tally.documents).isEqualTo(documents);
    assertThat(tally.types).as("kinds of events").containsOnly(EventType.values());
    return tally;
  }

  @Test
  void thereIsNoDifferenceOnFixturesAndTheirMutations() throws IOException, URISyntaxException {
    Tally tally = compareAll(Corpus.of(fixtures()));
    assertThat(tally.withEvent).isGreaterThan(tally.documents / 4);
    assertThat(tally.withNotRelevant).isGreaterThan(tally.documents / 20);
    assertThat(tally.withDeadLetter).isGreaterThan(tally.documents / 10);
    assertThat(tally.withSeveral).isGreaterThan(tally.documents / 20);
  }

  @Test
  void thereIsNoDifferenceOnRealTelemetryAndItsMutations() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.telemetry())) {
      Tally tally = compareAll(Corpus.of(files));
      assertThat(tally.withEvent).isGreaterThan(tally.documents / 4);
      assertThat(tally.withNotRelevant).isGreaterThan(tally.documents / 10);
      assertThat(tally.withDeadLetter).isGreaterThan(tally.documents / 10);
    }
  }
}
