package io.stagehound.commandline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one command copies, as its arguments name it.
 *
 * @param folder the folder that the sources lie in; null when they are named whole
 * @param sources files, folders and wildcards
 * @param destination where to; null for the working directory
 */
record CopyEnds(@Nullable String folder, List<String> sources, @Nullable String destination) {

  /** A copy of sources that are named whole. */
  CopyEnds(List<String> sources, @Nullable String destination) {
    this(null, sources, destination);
  }
}
