package io.stagehound.cli;

import io.stagehound.kafka.Delivery;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a delivery guarantee. */
final class DeliveryConverter implements ITypeConverter<Delivery> {

  @Override
  public Delivery convert(String value) {
    return switch (value) {
      case "at-least-once" -> Delivery.AT_LEAST_ONCE;
      case "exactly-once" -> Delivery.EXACTLY_ONCE;
      default ->
          throw new TypeConversionException(
              "'" + value + "' is no delivery: give at-least-once or exactly-once");
    };
  }
}
