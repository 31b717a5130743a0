package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code name = value} of PowerShell.
 *
 * @param name the name as written, with its dollar sign
 * @param appends whether the value comes behind what is there: {@code +=}
 * @param value the words of the value
 */
record Assignment(String name, boolean appends, List<Word> value) {

  /** The assignment that these words are; null when they are none. */
  static @Nullable Assignment of(List<Word> words) {
    Word first = words.get(0);
    int equals = first.indexOf("=");
    if (equals > 0) {
      return of(first.part(0, equals), first.part(equals + 1, first.text().length()), words, 1);
    }
    Word second = words.size() > 1 ? words.get(1) : first;
    boolean signed = second.bare().startsWith("=") || second.bare().startsWith("+=");
    if (equals == 0 || !signed || first.isGroup()) {
      return null;
    }
    int behind = second.indexOf("=") + 1;
    Assignment plain = of(first, second.part(behind, second.text().length()), words, 2);
    return new Assignment(plain.name, behind == 2, plain.value);
  }

  private static Assignment of(Word name, Word begun, List<Word> words, int next) {
    List<Word> value = new ArrayList<>();
    if (!begun.text().isEmpty() || begun.quoted()) {
      value.add(begun);
    }
    value.addAll(words.subList(next, words.size()));
    boolean appends = name.bare().endsWith("+");
    String text = name.text();
    return new Assignment(
        appends ? text.substring(0, text.length() - 1) : text, appends, List.copyOf(value));
  }

  /** Whether it sets a variable, not a property or an entry of a table. */
  boolean isToVariable() {
    return name.startsWith("$") || (name.startsWith("[") && name.contains("]$"));
  }

  /** The variable's name: without dollar sign, braces and type, in lower case. */
  String variable() {
    String bare = name.substring(name.indexOf('$') + 1).toLowerCase(Locale.ROOT);
    return bare.startsWith("{") && bare.endsWith("}") ? bare.substring(1, bare.length() - 1) : bare;
  }
}
