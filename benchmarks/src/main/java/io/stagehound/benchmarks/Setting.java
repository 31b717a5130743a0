package io.stagehound.benchmarks;

import java.nio.file.Path;

/**
 * What all measurements share.
 *
 * @param launcher the script that starts Stagehound
 * @param heap of each process that is measured, as {@code -Xmx} has it
 * @param rounds how often each comparison is made; the median counts
 * @param small how many records the smaller of two sizes has
 * @param large how many records the larger of two sizes has
 * @param files over how many files records are spread
 * @param folder for temporary files, deleted in the end
 */
record Setting(
    Path launcher, String heap, int rounds, long small, long large, int files, Path folder) {}
