package io.stagehound.event;

import org.jspecify.annotations.Nullable;

/**
 * One Windows record, normalised: flat, with the names of Sysmon's own fields, which Security's
 * fields of the same meaning are given too; other fields keep the names that their provider gives
 * them. Text is as the record had it, unescaped once; a field that the record lacks, or has empty,
 * is null.
 *
 * @param type what kind of record it is
 * @param time when it happened, in milliseconds since the epoch, UTC
 * @param timeSource which field of the record {@code time} was read from
 * @param host the machine that it happened on, lower-cased, as named by the record (a bare name or
 *     a fully qualified one); never the collector
 * @param user Sysmon {@code User}, {@code DOMAIN\name}; absent in event 11 of old schemas; of other
 *     providers the acting account
 * @param image path of the acting process
 * @param commandLine its command line; process starts only
 * @param currentDirectory its working directory at the start; event 1 only
 * @param originalFileName the file name in the image's version resource; event 1 only
 * @param processGuid Sysmon's process id that is never reused, upper case without braces
 * @param processId the Windows process id, 0 to 2^32-1
 * @param parentImage path of the parent process; process starts only
 * @param parentCommandLine command line of the parent process; event 1 only
 * @param parentProcessGuid as {@code processGuid}, of the parent; event 1 only
 * @param targetFilename the file created; by Sysmon's manifest, event 11 only
 * @param logonId the logon session as lower-case hexadecimal without leading zeros ({@code 0x3e7}),
 *     that of {@code user}; process starts, 5140 and 5145 only
 * @param integrityLevel {@code Low} to {@code System}; event 1 only
 * @param hashes {@code SHA256=…,MD5=…} of the image; event 1 only
 * @param ruleName the Sysmon configuration rule that let the record through
 * @param scriptBlockText the script, or a part of it; 4104 only
 * @param scriptBlockId what the parts of one script have in common; 4104 only
 * @param messageNumber which part of the script it is, from 1; 4104 only
 * @param messageTotal how many parts the script has; 4104 only
 * @param payload the command that ran and its parameters, in PowerShell's own lines, without white
 *     space at the end; 4103 only
 * @param sourceIp the address that a share was accessed from, or that a connection comes from,
 *     never an IPv4 address in the form of IPv6; 3, 5140 and 5145 only
 * @param destinationIp the address that a connection goes to, in the form of {@code sourceIp}; 3
 *     only
 * @param destinationHostname its host name where Sysmon could tell; 3 only
 * @param shareName the share accessed, {@code \\*\name}; 5140 and 5145 only
 * @param relativeTargetName the path below the share; 5145 only
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
    @Nullable String ruleName,
    @Nullable String scriptBlockText,
    @Nullable String scriptBlockId,
    @Nullable Integer messageNumber,
    @Nullable Integer messageTotal,
    @Nullable String payload,
    @Nullable String sourceIp,
    @Nullable String destinationIp,
    @Nullable String destinationHostname,
    @Nullable String shareName,
    @Nullable String relativeTargetName) {

  /** The machine's name without its domain, {@link HostName#key}: what events are keyed by. */
  public String hostKey() {
    return HostName.key(host);
  }

  /** The same event with this file as its target. */
  public SysmonEvent withTargetFilename(String file) {
    return with(file, scriptBlockText, messageNumber, messageTotal);
  }

  /** The same event with this text as its script, which is then no part of one. */
  SysmonEvent withScriptBlockText(@Nullable String text) {
    return with(targetFilename, text, null, null);
  }

  private SysmonEvent with(
      @Nullable String itsTargetFilename,
      @Nullable String itsScriptBlockText,
      @Nullable Integer itsMessageNumber,
      @Nullable Integer itsMessageTotal) {
    return new SysmonEvent(
        type,
        time,
        timeSource,
        host,
        user,
        image,
        commandLine,
        currentDirectory,
        originalFileName,
        processGuid,
        processId,
        parentImage,
        parentCommandLine,
        parentProcessGuid,
        itsTargetFilename,
        logonId,
        integrityLevel,
        hashes,
        ruleName,
        itsScriptBlockText,
        scriptBlockId,
        itsMessageNumber,
        itsMessageTotal,
        payload,
        sourceIp,
        destinationIp,
        destinationHostname,
        shareName,
        relativeTargetName);
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
        cut(ruleName, limit),
        cut(scriptBlockText, limit),
        cut(scriptBlockId, limit),
        messageNumber,
        messageTotal,
        cut(payload, limit),
        cut(sourceIp, limit),
        cut(destinationIp, limit),
        cut(destinationHostname, limit),
        cut(shareName, limit),
        cut(relativeTargetName, limit));
  }

  /** How much text it has, in characters, roughly. */
  public int characters() {
    return length(image)
        + length(commandLine)
        + length(currentDirectory)
        + length(parentImage)
        + length(parentCommandLine)
        + length(targetFilename)
        + length(hashes)
        + length(scriptBlockText)
        + length(payload);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private static @Nullable String cut(@Nullable String text, int limit) {
    return text == null ? null : Text.cut(text, limit);
  }
}
