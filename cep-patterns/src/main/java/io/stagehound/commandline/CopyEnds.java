package io.stagehound.commandline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one command copies, as its arguments name it.
 *
 * @param sources files, folders and wildcards
 * @param destination where to; null for the working directory
 */
record CopyEnds(List<String> sources, @Nullable String destination) {}
