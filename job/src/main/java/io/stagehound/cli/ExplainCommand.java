package io.stagehound.cli;

import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.DecodedSink;
import io.stagehound.decode.RecordReader;
import io.stagehound.decode.TelemetryDecoder;
import io.stagehound.event.SysmonEvent;
import io.stagehound.file.Reasons;
import io.stagehound.file.Streams;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains one event. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Explains the first event of a file or of standard input: each indicator with the text that"
          + " fired it, the copy that its command line makes, and its role in a pattern.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stagehound explain event.json",
      "  grep robocopy logs.ndjson | stagehound explain",
      "  stagehound explain <(zcat logs.ndjson.gz)"
    })
final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "A file with the event in any shape. Default, and what - stands for: standard input")
  private @Nullable String file;

  @SuppressWarnings("NullAway.Init")
  ExplainCommand() {}

  @Override
  public Integer call() throws IOException {
    FirstRecord first = new FirstRecord();
    try (RecordReader records = new RecordReader(origin(), open())) {
      TelemetryDecoder decoder = new TelemetryDecoder();
      while (first.event == null && records.readRecord(decoder, first)) {
        // The next record may be one to explain.
      }
    }
    if (first.event == null) {
      throw new IOException(first.whyNone());
    }
    new Explanation(spec.commandLine().getOut()).print(first.event);
    return 0;
  }

  private String origin() {
    return file == null ? "standard input" : file;
  }

  private InputStream open() throws IOException {
    if (file == null || file.equals(Streams.STANDARD_INPUT)) {
      return System.in;
    }
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw wrongUsage(file + " is a folder: name a file");
      }
      if (Files.isRegularFile(path) || !Files.exists(path)) {
        return Files.newInputStream(path);
      }
      if (!Streams.isInherited(file)) {
        throw wrongUsage(file + " is no file: pipe it in instead");
      }
      // The stream of Files looks for its position, which a pipe has not.
      return new FileInputStream(file);
    } catch (InvalidPathException e) {
      throw wrongUsage("not a path: " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw wrongUsage("no such file: " + file);
    } catch (IOException e) {
      throw wrongUsage(Reasons.text(e) + ": " + file);
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Keeps the first event, and what came before it instead. */
  private static final class FirstRecord implements DecodedSink {
    private @Nullable SysmonEvent event;
    private @Nullable DeadLetter deadLetter;
    private boolean anyNotRelevant;

    @Override
    public void event(SysmonEvent decoded) {
      if (event == null) {
        event = decoded;
      }
    }

    @Override
    public void notRelevant() {
      anyNotRelevant = true;
    }

    @Override
    public void deadLetter(DeadLetter unusable) {
      if (deadLetter == null) {
        deadLetter = unusable;
      }
    }

    String whyNone() {
      if (deadLetter != null) {
        return "no event to explain; the record at byte "
            + deadLetter.position()
            + " could not be used: "
            + deadLetter.reason();
      }
      return anyNotRelevant
          ? "no event to explain: Stagehound reads Sysmon events 1 and 11, and there is none"
          : "no event to explain: the input is empty";
    }
  }
}
