package io.stagehound.alert;

import io.stagehound.pattern.Match;
import io.stagehound.pattern.StepPattern;
import io.stagehound.receiver.Corroboration;
import io.stagehound.step.StepName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that changes an incident: a match, or what bears out a copy of one.
 *
 * @param pattern the pattern's id
 * @param key what the incident's steps have in common
 * @param match a match, else null
 * @param corroboration a corroboration, else null
 */
public record Development(
    String pattern, String key, @Nullable Match match, @Nullable Corroboration corroboration) {

  /** The development that a match is. */
  public static Development of(Match match) {
    return new Development(match.pattern(), match.key(), match, null);
  }

  /** What a corroboration is to the incidents of these patterns: to those that have copies. */
  public static List<Development> of(
      Corroboration corroboration, List<? extends StepPattern> patterns) {
    List<Development> developments = new ArrayList<>();
    for (StepPattern pattern : patterns) {
      if (Profile.of(pattern.id()).completion() == StepName.COPY) {
        String key =
            switch (pattern.scope()) {
              case HOST -> corroboration.host();
              case SHARE -> corroboration.shareKey();
            };
        developments.add(new Development(pattern.id(), key, null, corroboration));
      }
    }
    return developments;
  }
}
