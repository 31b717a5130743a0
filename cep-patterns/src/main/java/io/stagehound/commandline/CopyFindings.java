package io.stagehound.commandline;

import io.stagehound.signal.Finding;
import io.stagehound.signal.Signal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a copy shows by its ends, whichever command makes it. */
public final class CopyFindings {

  private CopyFindings() {}

  /**
   * What a copy shows whose drives and folders are replaced with the places they are mapped to; in
   * the order of {@link Signal}, empty for a copy without a UNC path.
   *
   * @param text the part of the event that makes the copy
   * @param hostKey the name of the machine that makes it, without its domain
   */
  public static List<Finding> ofResolved(CopyCommand resolved, String text, String hostKey) {
    Map<Signal, String> found = new EnumMap<>(Signal.class);
    if (resolved.direction() != CopyDirection.LOCAL) {
      found.put(Signal.MAPPED_DRIVE, text);
    }
    addDirection(resolved, text, text, found);
    addPaths(resolved, hostKey, found);
    return list(found);
  }

  /** Adds which way the copy goes, with the text that shows it. */
  static void addDirection(
      CopyCommand copy, String pushText, String pullText, Map<Signal, String> found) {
    if (copy.direction().mayPush()) {
      found.put(Signal.COPY_TO_UNC, pushText);
    }
    if (copy.direction().pulls()) {
      found.put(Signal.COPY_FROM_UNC, pullText);
    }
  }

  /** Adds what the UNC paths of the copy show, each with the first path that shows it. */
  static void addPaths(CopyCommand copy, String hostKey, Map<Signal, String> found) {
    for (UncPath target : copy.targets()) {
      addTarget(target, hostKey, found);
    }
    copy.targets().forEach(target -> addSpelling(target.text(), found));
    copy.destinations().forEach(destination -> addSpelling(destination, found));
    copy.sources().forEach(source -> addSpelling(source, found));
  }

  private static void addTarget(UncPath target, String hostKey, Map<Signal, String> found) {
    String text = target.text();
    if (target.isLoopback(hostKey)) {
      found.putIfAbsent(Signal.LOOPBACK_TARGET, text);
    }
    if (target.isAdminShare()) {
      found.putIfAbsent(Signal.ADMIN_SHARE_TARGET, text);
    }
    if (target.isHiddenShare()) {
      found.putIfAbsent(Signal.HIDDEN_SHARE_TARGET, text);
    }
    if (target.isIpv6()) {
      found.putIfAbsent(Signal.IPV6_TARGET, text);
    }
  }

  private static void addSpelling(String text, Map<Signal, String> found) {
    UncPath path = UncPath.parse(text);
    if (path == null) {
      return;
    }
    if (UncPath.isDevice(text)) {
      found.putIfAbsent(Signal.DEVICE_PATH, text);
    } else if (text.startsWith("/") || text.startsWith("\\/")) {
      found.putIfAbsent(Signal.FORWARD_SLASH_PATH, text);
    }
    if (UncPath.isWebDav(text)) {
      found.putIfAbsent(Signal.WEBDAV_PATH, text);
    }
    if (path.hasVariable()) {
      found.putIfAbsent(Signal.UNEXPANDED_VARIABLE, text);
    }
  }

  /** The findings, in the order of their signals. */
  static List<Finding> list(Map<Signal, String> found) {
    List<Finding> findings = new ArrayList<>();
    found.forEach((signal, text) -> findings.add(new Finding(signal, text)));
    return List.copyOf(findings);
  }
}
