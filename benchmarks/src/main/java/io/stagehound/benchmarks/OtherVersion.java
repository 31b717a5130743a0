package io.stagehound.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Stagehound in another version.
 *
 * @param launcher of the other version
 */
record OtherVersion(Path launcher) implements Rival {

  @Override
  public String title() {
    return "other version";
  }

  @Override
  public double floor() {
    return 0.8;
  }

  @Override
  public double seconds(Telemetry telemetry, Setting setting)
      throws IOException, InterruptedException {
    return Hunt.seconds(launcher, telemetry, setting);
  }
}
