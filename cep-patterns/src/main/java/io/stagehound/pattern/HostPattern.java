package io.stagehound.pattern;

import io.stagehound.host.HostStep;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.pattern.Pattern;

/**
 * An ordered correlation of the steps of one host. Its id and the names of its stages are Flink
 * state: they never change.
 */
public interface HostPattern extends Serializable {

  /** What alerts call it. */
  String id();

  /** The longest time from its first step to its last, 1 s to 30 d. */
  Duration window();

  /** What CEP looks for. */
  Pattern<HostStep, ?> pattern();

  /** The match that CEP's stages hold. */
  Match match(Map<String, List<HostStep>> stages);
}
