package io.stagehound.event;

import org.jspecify.annotations.Nullable;

/**
 * One Windows record, normalised: flat, with the names of Sysmon's own fields. Text is as the
 * record had it, unescaped once; a field that the record lacks, or has empty, is null.
 *
 * @param type what kind of record it is
 * @param time when it happened, in milliseconds since the epoch, UTC
 * @param timeSource which field of the record {@code time} was read from
 * @param host the machine that it happened on, lower-cased, as named by the record (a bare name or
 *     a fully qualified one); never the collector
 * @param user Sysmon {@code User}, {@code DOMAIN\name}; absent in event 11 of old schemas
 * @param image path of the acting process
 * @param commandLine its command line; event 1 only
 * @param currentDirectory its working directory at the start; event 1 only
 * @param originalFileName the file name in the image's version resource; event 1 only
 * @param processGuid Sysmon's process id that is never reused, upper case without braces
 * @param processId the Windows process id, 0 to 2^32-1
 * @param parentImage path of the parent process; event 1 only
 * @param parentCommandLine command line of the parent process; event 1 only
 * @param parentProcessGuid as {@code processGuid}, of the parent; event 1 only
 * @param targetFilename the file created; by Sysmon's manifest, event 11 only
 * @param logonId the logon session as lower-case hexadecimal without leading zeros ({@code 0x3e7});
 *     event 1 only
 * @param integrityLevel {@code Low} to {@code System}; event 1 only
 * @param hashes {@code SHA256=…,MD5=…} of the image; event 1 only
 * @param ruleName the Sysmon configuration rule that let the record through
 */
public record SysmonEvent(
    EventType type,
    long time,
    TimeSource timeSource,
    String host,
    @Nullable String user,
    @Nullable String image,
    @Nullable String commandLine,
    @Nullable String currentDirectory,
    @Nullable String originalFileName,
    @Nullable String processGuid,
    @Nullable Long processId,
    @Nullable String parentImage,
    @Nullable String parentCommandLine,
    @Nullable String parentProcessGuid,
    @Nullable String targetFilename,
    @Nullable String logonId,
    @Nullable String integrityLevel,
    @Nullable String hashes,
    @Nullable String ruleName) {

  /**
   * The machine's name without its domain: what events are keyed by. One machine is written as
   * {@code ws5} by one collector and as {@code ws5.corp.example} by another. An address stays
   * whole.
   */
  public String hostKey() {
    int dot = host.indexOf('.');
    if (dot <= 0 || isAddress(host)) {
      return host;
    }
    return host.substring(0, dot);
  }

  private static boolean isAddress(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == ':') {
        return true;
      }
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /** The same event with every text cut to at most {@code limit} characters. */
  public SysmonEvent cutTo(int limit) {
    return new SysmonEvent(
        type,
        time,
        timeSource,
        host,
        cut(user, limit),
        cut(image, limit),
        cut(commandLine, limit),
        cut(currentDirectory, limit),
        cut(originalFileName, limit),
        cut(processGuid, limit),
        processId,
        cut(parentImage, limit),
        cut(parentCommandLine, limit),
        cut(parentProcessGuid, limit),
        cut(targetFilename, limit),
        cut(logonId, limit),
        cut(integrityLevel, limit),
        cut(hashes, limit),
        cut(ruleName, limit));
  }

  private static @Nullable String cut(@Nullable String text, int limit) {
    return text == null ? null : Text.cut(text, limit);
  }
}
