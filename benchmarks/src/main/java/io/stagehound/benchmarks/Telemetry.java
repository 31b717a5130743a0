package io.stagehound.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * Telemetry that was written, and what a hunt must find in it.
 *
 * @param files that hold it
 * @param records in all files
 * @param expected what there is to find
 */
record Telemetry(List<Path> files, long records, Expected expected) {}
