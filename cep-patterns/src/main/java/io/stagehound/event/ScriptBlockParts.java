package io.stagehound.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one script block that have come so far. PowerShell writes a long script in several
 * records (4104), cut anywhere, so that a command may begin in one and end in the next. However
 * many parts there are and in whatever order they come, no more than the first {@value #MOST_TEXT}
 * characters are kept.
 *
 * @param first the event of the lowest part so far, without its text
 * @param total how many parts the script has
 * @param parts what has come, by ascending number, each number once
 * @see <a
 *     href="https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows#enabling-script-block-logging">
 *     about_Logging_Windows: script block logging</a>
 */
public record ScriptBlockParts(SysmonEvent first, int total, List<Part> parts) {

  /**
   * One part.
   *
   * @param number which one it is, from 1
   * @param text what is kept of it
   */
  public record Part(int number, String text) {}

  /** The most that is kept of a script, in characters. */
  public static final int MOST_TEXT = 256 << 10;

  /** The last part that is waited for; parts of higher numbers are not looked at. */
  public static final int MOST_PARTS = 4096;

  /** In place of parts that are missing, since two parts may not be read as one command. */
  private static final char GAP = '\n';

  /** Whether an event is a part of a script that others are waited for. */
  public static boolean isPart(SysmonEvent event) {
    Integer number = event.messageNumber();
    Integer total = event.messageTotal();
    return event.type() == EventType.SCRIPT_BLOCK
        && event.scriptBlockId() != null
        && event.scriptBlockText() != null
        && number != null
        && total != null
        && total > 1
        && number >= 1
        && number <= total;
  }

  /** What is known of a script by one of its parts. */
  public static ScriptBlockParts of(SysmonEvent part) {
    int total = Objects.requireNonNull(part.messageTotal(), "not a part");
    return new ScriptBlockParts(part.withScriptBlockText(null), total, List.of()).plus(part);
  }

  /** These parts and one more; the same when it is here already, or can be none of them. */
  public ScriptBlockParts plus(SysmonEvent event) {
    Integer number = event.messageNumber();
    if (!isPart(event) || number == null || number > Math.min(total, MOST_PARTS) || has(number)) {
      return this;
    }
    Part added = new Part(number, Objects.requireNonNullElse(event.scriptBlockText(), ""));
    boolean isFirst = parts.isEmpty() || number < parts.get(0).number();
    return new ScriptBlockParts(
        isFirst ? event.withScriptBlockText(null) : first, total, withPart(added));
  }

  private boolean has(int number) {
    return parts.stream().anyMatch(part -> part.number() == number);
  }

  private List<Part> withPart(Part added) {
    List<Part> all = new ArrayList<>(parts.size() + 1);
    int room = MOST_TEXT;
    @Nullable Part next = added;
    for (Part part : parts) {
      if (next != null && next.number() < part.number()) {
        room = addCut(next, room, all);
        next = null;
      }
      room = addCut(part, room, all);
    }
    if (next != null) {
      addCut(next, room, all);
    }
    return all;
  }

  private static int addCut(Part part, int room, List<Part> all) {
    String text = Text.cut(part.text(), room);
    all.add(text.length() == part.text().length() ? part : new Part(part.number(), text));
    // What follows a cut is cut off whole.
    return text.length() == part.text().length() ? room - text.length() : 0;
  }

  /** Whether every part is here that is waited for. */
  public boolean isComplete() {
    return parts.size() == Math.min(total, MOST_PARTS);
  }

  /** These parts without their texts: what is left to know once the script was given out. */
  public ScriptBlockParts withoutText() {
    return new ScriptBlockParts(
        first, total, parts.stream().map(part -> new Part(part.number(), "")).toList());
  }

  /** The event of the first part with the whole script, as far as it has come. */
  public SysmonEvent joined() {
    StringBuilder script = new StringBuilder();
    int expected = parts.isEmpty() ? 1 : parts.get(0).number();
    for (Part part : parts) {
      if (part.number() != expected) {
        script.append(GAP);
      }
      script.append(part.text());
      expected = part.number() + 1;
    }
    return first.withScriptBlockText(script.toString());
  }
}
