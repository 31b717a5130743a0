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
 * @param splatted whether a table that is not known gives more
 */
record CmdletArguments(
    Map<String, List<String>> values, List<List<String>> positional, boolean splatted) {

  /** Parameters of every cmdlet that take a value. */
  private static final List<String> COMMON =
      List.of(
          "path",
          "literalpath",
          "filter",
          "include",
          "exclude",
          "credential",
          "erroraction",
          "errorvariable",
          "warningaction",
          "warningvariable",
          "informationaction",
          "informationvariable",
          "outvariable",
          "outbuffer",
          "pipelinevariable",
          "progressaction");

  private static final List<String> OF_COPIES = List.of("destination", "tosession", "fromsession");

  private static final List<String> OF_LISTINGS =
      List.of("depth", "attributes", "stackname", "additionalchildpath");

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
          "name",
          "readonly",
          "system",
          "usetransaction");

  private static final Map<String, String> ALIASES =
      Map.of("pspath", "literalpath", "lp", "literalpath", "ea", "erroraction");

  /** Sorts the words of {@code Copy-Item} and {@code Move-Item}. */
  static CmdletArguments ofCopy(List<Word> words) {
    return of(words, OF_COPIES);
  }

  /** Sorts the words of a cmdlet that lists or enters folders. */
  static CmdletArguments ofListing(List<Word> words) {
    return of(words, OF_LISTINGS);
  }

  /**
   * Sorts the words of a cmdlet.
   *
   * @param ownParameters its parameters that take a value, in lower case: of those that one
   *     abbreviation fits, the first is meant
   */
  static CmdletArguments of(List<Word> words, List<String> ownParameters) {
    Map<String, List<String>> values = new HashMap<>();
    List<List<String>> positional = new ArrayList<>();
    boolean splatted = false;
    int at = 0;
    while (at < words.size()) {
      Word word = words.get(at);
      if (isSplat(word)) {
        splatted = true;
        at++;
        continue;
      }
      String parameter = parameter(word, ownParameters);
      if (parameter == null) {
        List<String> value = new ArrayList<>();
        at = list(words, at, value);
        positional.add(value);
        continue;
      }
      at++;
      int colon = word.text().indexOf(':');
      List<String> value = values.computeIfAbsent(parameter, name -> new ArrayList<>());
      if (colon > 0 && colon < word.text().length() - 1) {
        value.add(word.text().substring(colon + 1));
      } else if (takesValue(parameter, ownParameters) && at < words.size()) {
        at = list(words, at, value);
      }
    }
    return new CmdletArguments(values, positional, splatted);
  }

  /** What this parameter was given; empty when it was not. */
  List<String> named(String parameter) {
    return values.getOrDefault(parameter, List.of());
  }

  /**
   * What a parameter was given that may come without its name; empty when it was not given.
   *
   * @param position its place among those that come without a name
   */
  List<String> at(int position, String... names) {
    for (String name : names) {
      if (values.containsKey(name)) {
        return named(name);
      }
    }
    return position < positional.size() ? positional.get(position) : List.of();
  }

  /** Every path of a cmdlet that lists folders, as it is looked for. */
  List<String> paths() {
    List<String> paths = new ArrayList<>(named("path"));
    paths.addAll(named("literalpath"));
    positional.forEach(paths::addAll);
    if (values.containsKey("recurse")) {
      paths.replaceAll(WindowsPath::throughFolders);
    }
    return paths;
  }

  /** Whether the word stands for the entries of a table: {@code @name}. */
  static boolean isSplat(Word word) {
    return word.bare().length() > 1
        && word.bare().charAt(0) == '@'
        && Character.isLetter(word.bare().charAt(1));
  }

  /** Takes the value at this word, and those that commas join to it; where the next word is. */
  private static int list(List<Word> words, int from, List<String> value) {
    int at = from;
    while (at < words.size() && isComma(words.get(at))) {
      at++;
    }
    boolean more = at < words.size();
    while (more) {
      value.addAll(PowerShellValue.textsOf(words.get(at++)));
      more = at + 1 < words.size() && isComma(words.get(at));
      at += more ? 1 : 0;
    }
    return at;
  }

  private static boolean isComma(Word word) {
    return word.bare().equals(",");
  }

  /**
   * The full name of the parameter that this word is, or begins; null when it is a value. Where an
   * abbreviation fits several, one that takes a value is meant, and the cmdlet's own before others.
   */
  private static @Nullable String parameter(Word word, List<String> ownParameters) {
    String text = word.bare();
    if (text.length() < 2 || !isDash(text.charAt(0)) || !Character.isLetter(text.charAt(1))) {
      return null;
    }
    int colon = text.indexOf(':');
    String name = text.substring(1, colon < 0 ? text.length() : colon).toLowerCase(Locale.ROOT);
    if (ALIASES.containsKey(name)) {
      return ALIASES.get(name);
    }
    for (String parameter : ownParameters) {
      if (parameter.startsWith(name)) {
        return parameter;
      }
    }
    for (String parameter : COMMON) {
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

  private static boolean takesValue(String parameter, List<String> ownParameters) {
    return COMMON.contains(parameter) || ownParameters.contains(parameter);
  }

  /** PowerShell takes the dashes of typesetting for its own. */
  static boolean isDash(char c) {
    return c == '-' || (c >= '\u2013' && c <= '\u2015');
  }
}
