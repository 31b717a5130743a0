package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a cmdlet of PowerShell that takes paths.
 *
 * @param values what each named parameter was given, by its full name in lower case
 * @param positional what came without a name, in order; several values where commas join them
 */
record CmdletArguments(Map<String, List<String>> values, List<List<String>> positional) {

  /** Parameters that take a value. Where an abbreviation fits several, the first is meant. */
  private static final List<String> WITH_VALUE =
      List.of(
          "destination",
          "path",
          "literalpath",
          "filter",
          "include",
          "exclude",
          "credential",
          "tosession",
          "fromsession",
          "root",
          "name",
          "psprovider",
          "erroraction",
          "errorvariable",
          "warningaction",
          "warningvariable",
          "informationaction",
          "informationvariable",
          "outvariable",
          "outbuffer",
          "pipelinevariable",
          "progressaction",
          "depth",
          "attributes");

  private static final Set<String> SWITCHES =
      Set.of(
          "recurse",
          "force",
          "container",
          "passthru",
          "whatif",
          "confirm",
          "verbose",
          "debug",
          "file",
          "directory",
          "hidden",
          "usetransaction",
          "persist");

  private static final Map<String, String> ALIASES =
      Map.of("pspath", "literalpath", "lp", "literalpath", "ea", "erroraction");

  /** Sorts these words. */
  static CmdletArguments of(List<Word> words) {
    CmdletArguments arguments = new CmdletArguments(new HashMap<>(), new ArrayList<>());
    int at = 0;
    while (at < words.size()) {
      Word word = words.get(at);
      String parameter = parameter(word);
      if (parameter == null) {
        List<String> value = new ArrayList<>();
        at = list(words, at, value);
        arguments.positional.add(value);
        continue;
      }
      at++;
      int colon = word.text().indexOf(':');
      List<String> value = arguments.values.computeIfAbsent(parameter, name -> new ArrayList<>());
      if (colon > 0 && colon < word.text().length() - 1) {
        value.add(word.text().substring(colon + 1));
      } else if (WITH_VALUE.contains(parameter) && at < words.size()) {
        at = list(words, at, value);
      }
    }
    return arguments;
  }

  /** What this parameter was given; empty when it was not. */
  List<String> named(String parameter) {
    return values.getOrDefault(parameter, List.of());
  }

  /** Takes the value at this word, and those that commas join to it; where the next word is. */
  private static int list(List<Word> words, int from, List<String> value) {
    int at = from;
    while (at < words.size() && isComma(words.get(at))) {
      at++;
    }
    boolean more = at < words.size();
    while (more) {
      value.add(words.get(at++).text());
      more = at + 1 < words.size() && isComma(words.get(at));
      at += more ? 1 : 0;
    }
    return at;
  }

  private static boolean isComma(Word word) {
    return !word.quoted() && word.text().equals(",");
  }

  /** The full name of the parameter that this word is, or begins; null when it is a value. */
  private static @Nullable String parameter(Word word) {
    String text = word.text();
    if (text.length() < 2 || !isDash(text.charAt(0)) || !Character.isLetter(text.charAt(1))) {
      return null;
    }
    int colon = text.indexOf(':');
    String name = text.substring(1, colon < 0 ? text.length() : colon).toLowerCase(Locale.ROOT);
    if (ALIASES.containsKey(name)) {
      return ALIASES.get(name);
    }
    for (String parameter : WITH_VALUE) {
      if (parameter.startsWith(name)) {
        return parameter;
      }
    }
    for (String parameter : SWITCHES) {
      if (parameter.startsWith(name)) {
        return parameter;
      }
    }
    return name;
  }

  /** PowerShell takes the dashes of typesetting for its own. */
  private static boolean isDash(char c) {
    return c == '-' || (c >= '\u2013' && c <= '\u2015');
  }
}
