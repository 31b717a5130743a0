package io.stagehound.event;

import static io.stagehound.ScriptBlocks.part;
import static io.stagehound.ScriptBlocks.whole;
import static io.stagehound.event.ScriptBlockParts.MOST_PARTS;
import static io.stagehound.event.ScriptBlockParts.MOST_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts of script blocks in every order, twice, and not at all. */
class ScriptBlockPartsTest {

  private static ScriptBlockParts parts(List<SysmonEvent> events) {
    ScriptBlockParts parts = ScriptBlockParts.of(events.get(0));
    for (SysmonEvent event : events) {
      parts = parts.plus(event);
    }
    return parts;
  }

  private static String text(ScriptBlockParts parts) {
    return Objects.requireNonNull(parts.joined().scriptBlockText());
  }

  @Test
  void theWholeScriptIsTheFirstPartsEvent() {
    ScriptBlockParts parts =
        parts(List.of(part("Copy-It", 1, 3), part("em a ", 2, 3), part("\\\\fs\\b", 3, 3)));
    assertThat(parts.isComplete()).isTrue();
    assertThat(parts.joined()).isEqualTo(whole(1_001, "Copy-Item a \\\\fs\\b"));
  }

  @Test
  void anyOrderMakesTheSame() {
    Random random = new Random(7);
    for (int length : List.of(1, 30_000)) {
      List<SysmonEvent> events = new ArrayList<>();
      for (int i = 1; i <= 20; i++) {
        events.add(part(String.valueOf((char) ('a' + i)).repeat(length), i, 20));
      }
      SysmonEvent expected = parts(events).joined();
      for (int i = 0; i < 20; i++) {
        Collections.shuffle(events, random);
        ScriptBlockParts parts = parts(events);
        assertThat(parts.isComplete()).isTrue();
        assertThat(parts.joined()).isEqualTo(expected);
      }
    }
  }

  @Test
  void noPartCountsTwice() {
    ScriptBlockParts parts = parts(List.of(part("a", 1, 2), part("b", 1, 2)));
    assertThat(parts.isComplete()).isFalse();
    assertThat(text(parts)).isEqualTo("a");
  }

  @Test
  void whatIsMissingPartsTheCommandsBesideIt() {
    assertThat(text(parts(List.of(part("a", 2, 9), part("b", 3, 9), part("c", 7, 9)))))
        .isEqualTo("ab\nc");
  }

  @Test
  void whatIsNoPartIsIgnored() {
    ScriptBlockParts parts = ScriptBlockParts.of(part("a", 1, 3));
    assertThat(parts.plus(part("b", 4, 3))).isEqualTo(parts);
    assertThat(parts.plus(part("b", 4, 9))).as("another total").isEqualTo(parts);
    assertThat(parts.plus(part("b", 0, 3))).isEqualTo(parts);
    assertThat(parts.plus(part("b", -1, 3))).isEqualTo(parts);
    assertThat(parts.plus(whole(1, "b"))).isEqualTo(parts);
  }

  @Test
  void aPartHasANumberOfSeveral() {
    assertThat(ScriptBlockParts.isPart(part("a", 1, 2))).isTrue();
    assertThat(ScriptBlockParts.isPart(part("a", 2, 2))).isTrue();
    assertThat(ScriptBlockParts.isPart(part("a", 1, 1))).isFalse();
    assertThat(ScriptBlockParts.isPart(part("a", 3, 2))).isFalse();
    assertThat(ScriptBlockParts.isPart(part("a", 0, 2))).isFalse();
    assertThat(ScriptBlockParts.isPart(part("a", MOST_PARTS, Integer.MAX_VALUE))).isTrue();
    assertThat(ScriptBlockParts.isPart(part("a", MOST_PARTS + 1, Integer.MAX_VALUE)))
        .as("not one that is looked at, but none that stands for itself")
        .isTrue();
    assertThat(parts(List.of(part("a", MOST_PARTS + 1, Integer.MAX_VALUE))).parts()).isEmpty();
    assertThat(ScriptBlockParts.isPart(part(1, "ws1", null, "a", 1, 2))).isFalse();
    assertThat(ScriptBlockParts.isPart(part(1, "ws1", "d5f310ed", null, 1, 2))).isFalse();
    assertThat(ScriptBlockParts.isPart(whole(1, "a"))).isFalse();
  }

  @Test
  void noMoreThanTheBeginningIsKept() {
    String third = "x".repeat(MOST_TEXT / 3 * 2);
    ScriptBlockParts parts =
        parts(List.of(part("c", 3, 4), part(third, 2, 4), part(third, 1, 4), part("d", 4, 4)));
    assertThat(text(parts)).hasSize(MOST_TEXT).doesNotContain("c", "d");
    assertThat(parts.isComplete()).isTrue();
  }

  @Test
  void noMorePartsAreWaitedForThanAreTaken() {
    ScriptBlockParts parts = ScriptBlockParts.of(part("a", 1, Integer.MAX_VALUE));
    for (int i = 2; i < MOST_PARTS; i++) {
      parts = parts.plus(part("a", i, Integer.MAX_VALUE));
    }
    assertThat(parts.isComplete()).isFalse();
    assertThat(parts.plus(part("a", MOST_PARTS, Integer.MAX_VALUE)).isComplete()).isTrue();
  }

  @Test
  void withoutTextItIsKnownWhatCame() {
    ScriptBlockParts parts = parts(List.of(part("a", 1, 2), part("b", 2, 2))).withoutText();
    assertThat(parts.isComplete()).isTrue();
    assertThat(text(parts)).isEmpty();
  }
}
