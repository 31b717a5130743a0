package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The variables that a command line sets for itself, of cmd and of PowerShell. */
final class Variables {

  private static final int MOST = 100;

  /** Variables of Windows that always hold a local path. */
  private static final Set<String> LOCAL =
      Set.of(
          "allusersprofile",
          "appdata",
          "commonprogramfiles",
          "localappdata",
          "programdata",
          "programfiles",
          "programfiles(x86)",
          "public",
          "systemdrive",
          "systemroot",
          "temp",
          "tmp",
          "userprofile",
          "windir",
          "homedrive",
          "home",
          "pwd",
          "psscriptroot",
          "cd");

  private final Map<String, String> values = new HashMap<>();
  private final Map<String, List<Word>> tables = new HashMap<>();
  private final ExpansionBudget budget;

  Variables(ExpansionBudget budget) {
    this.budget = budget;
  }

  /** {@code set name=value}, {@code set "name=value"}; the value, null when none is set. */
  @Nullable String setInCmd(List<Word> arguments) {
    String text = arguments.stream().map(Word::text).collect(Collectors.joining(" "));
    int equals = text.indexOf('=');
    if (equals <= 0 || text.startsWith("/")) {
      return null;
    }
    return put(text.substring(0, equals), text.substring(equals + 1));
  }

  /** Sets a variable of PowerShell; the value, null when it is not known. */
  @Nullable String assign(Assignment assignment) {
    String name = assignment.variable();
    List<Word> words = assignment.value();
    Word first = words.isEmpty() ? null : words.get(0);
    if (first != null && words.size() == 1 && first.text().startsWith("@{")) {
      if (tables.size() < MOST || tables.containsKey(name)) {
        tables.put(name, PowerShellValue.parameters(first.inner()));
      }
      return null;
    }
    int dot = name.indexOf('.');
    List<Word> table = dot < 0 ? null : tables.get(name.substring(0, dot));
    if (table != null) {
      PowerShellValue.addParameter(table, name.substring(dot + 1), words);
    }
    List<String> known = PowerShellValue.of(words);
    String value = known == null || known.size() != 1 ? null : known.get(0);
    if (value == null) {
      values.remove(name);
      return null;
    }
    String before = assignment.appends() ? values.getOrDefault(name, "") : "";
    if (before.length() + value.length() > WindowsPath.LONGEST || !budget.take(before.length())) {
      values.remove(name);
      return null;
    }
    return put(name, before + value);
  }

  private String put(String name, String value) {
    String key = name.toLowerCase(Locale.ROOT);
    String expanded = expand(value);
    if (values.size() < MOST || values.containsKey(key)) {
      values.put(key, expanded);
    }
    return expanded;
  }

  /** The words with those of the tables in place that {@code @name} stands for, each table once. */
  List<Word> splat(List<Word> words) {
    if (tables.isEmpty() || words.stream().noneMatch(CmdletArguments::isSplat)) {
      return words;
    }
    Map<String, List<Word>> unused = new HashMap<>(tables);
    List<Word> all = new ArrayList<>();
    for (Word word : words) {
      List<Word> table =
          CmdletArguments.isSplat(word)
              ? unused.remove(word.text().substring(1).toLowerCase(Locale.ROOT))
              : null;
      all.addAll(table == null ? List.of(word) : table);
    }
    return all;
  }

  /**
   * The text with the variables replaced that this line has set; the text as it is, where that
   * would be longer than a path or than the line may grow.
   */
  String expand(String text) {
    if (values.isEmpty()
        || (text.indexOf('%') < 0 && text.indexOf('$') < 0 && text.indexOf('!') < 0)) {
      return text;
    }
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = endOfVariable(text, at);
      String value = end < 0 ? null : values.get(name(text, at, end));
      if (value == null) {
        expanded.append(text.charAt(at++));
      } else {
        if (expanded.length() + value.length() > WindowsPath.LONGEST
            || !budget.take(value.length())) {
          return text;
        }
        expanded.append(value);
        at = end;
      }
    }
    return expanded.toString();
  }

  /** Whether a path begins with a variable that may hold a UNC path. */
  static boolean isVariable(String path) {
    int end = endOfVariable(path, 0);
    if (end < 0) {
      // %f of a loop, and $(…) or $_.Name, which end where they like.
      return path.startsWith("%") || path.startsWith("$");
    }
    String name = name(path, 0, end);
    return !LOCAL.contains(name.startsWith("env:") ? name.substring("env:".length()) : name);
  }

  /** Whether a path begins with the variable that holds the server which the user logged on to. */
  static boolean isLogonServer(String path) {
    int end = endOfVariable(path, 0);
    String name = end < 0 ? "" : name(path, 0, end);
    return name.equals("logonserver") || name.equals("env:logonserver");
  }

  /** Whether a variable stands anywhere in the text. */
  static boolean anyIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (endOfVariable(text, i) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static String name(String text, int start, int end) {
    String name = text.substring(start + 1, end);
    if (text.charAt(start) != '$' || name.startsWith("{")) {
      int from = name.startsWith("{") ? 1 : 0;
      name = name.substring(from, name.length() - 1);
    }
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Where the variable ends that begins here: {@code %a%}, {@code !a!}, {@code $a}; -1 for none.
   */
  static int endOfVariable(String text, int start) {
    if (text.isEmpty()) {
      return -1;
    }
    char sign = text.charAt(start);
    if (sign != '%' && sign != '!' && sign != '$') {
      return -1;
    }
    boolean braced = sign == '$' && text.startsWith("${", start);
    int at = start + (braced ? 2 : 1);
    while (at < text.length() && isNamePart(text.charAt(at), sign != '$')) {
      at++;
    }
    boolean named = at > start + (braced ? 2 : 1);
    if (sign != '$' || braced) {
      char close = braced ? '}' : sign;
      return named && at < text.length() && text.charAt(at) == close ? at + 1 : -1;
    }
    return named ? at : -1;
  }

  private static boolean isNamePart(char c, boolean cmd) {
    return Character.isLetterOrDigit(c) || c == '_' || c == ':' || (cmd && (c == '(' || c == ')'));
  }
}
