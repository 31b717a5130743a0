package io.stagehound.benchmarks;

import java.util.Map;

/**
 * What a hunt must find.
 *
 * @param detections their number by DetectionType
 * @param alerts the number of steps by name, of each {@link #alert}
 */
record Expected(Map<String, Long> detections, Map<String, Map<String, Long>> alerts) {

  static Expected noAlert(String detectionType, long count) {
    return new Expected(Map.of(detectionType, count), Map.of());
  }

  /** The one alert of this pattern on this host. */
  static String alert(String pattern, String host) {
    return pattern + " on " + host;
  }
}
