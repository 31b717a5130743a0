package io.stagehound;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real telemetry and schemas, which lie beside the checkout where they are there at all. */
public final class SharedData {

  private SharedData() {}

  /** The folder of real telemetry; the test is skipped where there is none. */
  public static Path telemetry() {
    Path folder = shared().resolve("telemetry");
    assumeTrue(Files.isDirectory(folder), "no real telemetry: " + folder + " is missing");
    return folder;
  }

  /** The schema of this name; the test is skipped where there is none. */
  public static Path schema(String name) {
    Path file = shared().resolve("schemas").resolve(name);
    assumeTrue(Files.isRegularFile(file), "no schema to check against: " + file + " is missing");
    return file;
  }

  private static Path shared() {
    return checkout().resolveSibling("shared").resolve("data");
  }

  /** The folder of samples. */
  public static Path samples() {
    return checkout().resolve("samples");
  }

  /** The root of the checkout that the tests run in. */
  public static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("stagehound"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("the tests run outside of a checkout");
    }
    return folder;
  }
}
