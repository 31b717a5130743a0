package io.stagehound.cli;

import io.stagehound.kafka.Position;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a place in a topic. */
final class PositionConverter implements ITypeConverter<Position> {

  @Override
  public Position convert(String value) {
    try {
      return Position.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
