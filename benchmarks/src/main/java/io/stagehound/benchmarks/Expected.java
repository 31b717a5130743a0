package io.stagehound.benchmarks;

import java.util.Map;

/**
 * What a hunt must find.
 *
 * @param detections their number by DetectionType
 * @param alerts the number of steps by name, of the one alert of each pattern
 */
record Expected(Map<String, Long> detections, Map<String, Map<String, Long>> alerts) {

  static Expected noAlert(String detectionType, long count) {
    return new Expected(Map.of(detectionType, count), Map.of());
  }
}
