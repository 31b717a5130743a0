package io.stagehound.commandline;

import io.stagehound.signal.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of one event do, as far as it matters here.
 *
 * @param copy the sum of its copies, local ones included; null when it copies nothing
 * @param drives the drives and folders that it maps or unmaps, in order
 * @param findings the signals that it shows, in the order of {@link io.stagehound.signal.Signal},
 *     each with the text that it came from
 */
public record CommandAnalysis(
    @Nullable CopyCommand copy, List<DriveMapping> drives, List<Finding> findings) {

  /** Of an event that has no commands, or none that matter. */
  public static final CommandAnalysis NOTHING = new CommandAnalysis(null, List.of(), List.of());
}
