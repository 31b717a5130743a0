package io.stagehound.cli;

import java.time.Duration;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time: a number and a unit, as in Flink's own options. */
final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String value) {
    return parse(value);
  }

  static Duration parse(String value) {
    try {
      // Flink takes a number alone for milliseconds, which is never what a hunter means.
      boolean unit = !value.isEmpty() && Character.isLetter(value.charAt(value.length() - 1));
      if (unit) {
        return TimeUtils.parseDuration(value);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // As any other text that is no time.
    }
    throw new TypeConversionException(
        "'" + value + "' is no time: give one like 90s, 30min, 24h or 7d");
  }
}
