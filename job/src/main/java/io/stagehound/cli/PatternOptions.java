package io.stagehound.cli;

import io.stagehound.pattern.Catalogue;
import io.stagehound.pattern.StepPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What is looked for. */
final class PatternOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = WindowConverter.class,
      description =
          "The longest time from a pattern's first step to its last, 1s to 30d."
              + " Default: ${DEFAULT-VALUE}")
  private Duration window;

  @Option(
      names = "--without-pattern",
      paramLabel = "ID",
      converter = PatternConverter.class,
      completionCandidates = PatternIds.class,
      description = {
        "Leave a pattern out; may be given several times. There are: ${COMPLETION-CANDIDATES}"
      })
  private List<String> without = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  PatternOptions() {}

  /** The patterns that are not left out, at least one. */
  List<StepPattern> patterns() {
    List<StepPattern> patterns = Catalogue.without(Set.copyOf(without), window);
    if (patterns.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "no pattern is left: name fewer in --without-pattern");
    }
    return patterns;
  }

  /** The ids of all patterns. */
  private static final class PatternIds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Catalogue.ids().iterator();
    }
  }

  /** Reads the id of a pattern. */
  private static final class PatternConverter implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (!Catalogue.ids().contains(value)) {
        throw new TypeConversionException(
            "'" + value + "' is no pattern: give one of " + String.join(", ", Catalogue.ids()));
      }
      return value;
    }
  }
}
