package io.stagehound.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * A program that starts now and then on the hosts of a fleet.
 *
 * @param image its path
 * @param commandLine with which it starts; a number takes the place of {@code #}, the host's own
 *     that of {@code @}
 * @param frequency in ten thousand starts
 * @param detectionType of such a start; null where it is none
 */
record Program(String image, String commandLine, int frequency, @Nullable String detectionType) {}
