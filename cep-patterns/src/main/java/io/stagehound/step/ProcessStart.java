package io.stagehound.step;

import io.stagehound.event.SysmonEvent;
import io.stagehound.event.Text;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a process that was started, so that the files it writes can be told by
 * whom: Sysmon's event 11 has neither command line nor parent.
 *
 * @param guid its guid
 * @param parentGuid that of its parent
 * @param time when it started, in milliseconds since the epoch, UTC
 * @param image path of its image
 * @param originalFileName the file name in the image's version resource
 * @param commandLine its command line
 * @param parentImage path of its parent's image
 * @param tree what the processes of its tree have in common: the guid of the topmost one that is
 *     known
 */
public record ProcessStart(
    String guid,
    @Nullable String parentGuid,
    long time,
    @Nullable String image,
    @Nullable String originalFileName,
    @Nullable String commandLine,
    @Nullable String parentImage,
    String tree) {

  /** The longest text that is kept, in characters. */
  public static final int TEXT_LIMIT = 1024;

  /** What is remembered of this event 1; null when it does not tell the process's guid. */
  public static @Nullable ProcessStart of(SysmonEvent event) {
    String guid = cut(event.processGuid());
    return guid == null
        ? null
        : new ProcessStart(
            guid,
            cut(event.parentProcessGuid()),
            event.time(),
            cut(event.image()),
            cut(event.originalFileName()),
            cut(event.commandLine()),
            cut(event.parentImage()),
            guid);
  }

  /** The same process, as part of this tree. */
  public ProcessStart inTree(String itsTree) {
    return new ProcessStart(
        guid, parentGuid, time, image, originalFileName, commandLine, parentImage, itsTree);
  }

  /** How much text it has, in characters, roughly. */
  int characters() {
    return length(image) + length(commandLine) + length(parentImage);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null ? null : Text.cut(text, TEXT_LIMIT);
  }
}
