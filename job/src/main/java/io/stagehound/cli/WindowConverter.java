package io.stagehound.cli;

import io.stagehound.pattern.Catalogue;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a window of patterns. */
final class WindowConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String value) {
    Duration window = DurationConverter.parse(value);
    if (window.compareTo(Catalogue.SHORTEST_WINDOW) < 0
        || window.compareTo(Catalogue.LONGEST_WINDOW) > 0) {
      throw new TypeConversionException("'" + value + "' is out of range: give 1s to 30d");
    }
    return window;
  }
}
