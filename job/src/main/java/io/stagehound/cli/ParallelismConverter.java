package io.stagehound.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many readers work at once. */
final class ParallelismConverter implements ITypeConverter<Integer> {

  /** Each reader takes network buffers, and no estate has as many partitions. */
  private static final int MOST = 1024;

  @Override
  public Integer convert(String value) {
    int parallelism;
    try {
      parallelism = Integer.parseInt(value);
    } catch (NumberFormatException e) {
      parallelism = 0;
    }
    if (parallelism < 1 || parallelism > MOST) {
      throw new TypeConversionException(
          "'" + value + "' is no number of readers: give 1 to " + MOST);
    }
    return parallelism;
  }
}
