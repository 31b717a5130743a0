package io.stagehound.cli;

import io.stagehound.pattern.ArchiveThenUncCopy;
import java.time.Duration;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a window: a number and a unit, as in Flink's own options. */
final class WindowConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String value) {
    Duration window;
    try {
      window = TimeUtils.parseDuration(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new TypeConversionException(
          "'" + value + "' is no time: give one like 90s, 30min, 24h or 7d");
    }
    if (window.compareTo(ArchiveThenUncCopy.SHORTEST_WINDOW) < 0
        || window.compareTo(ArchiveThenUncCopy.LONGEST_WINDOW) > 0) {
      throw new TypeConversionException("'" + value + "' is out of range: give 1s to 30d");
    }
    return window;
  }
}
