package io.stagehound.commandline;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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

  /** {@code set name=value}, {@code set "name=value"}. */
  void setInCmd(List<Word> arguments) {
    if (!arguments.isEmpty()) {
      String text = arguments.get(0).text();
      int equals = text.indexOf('=');
      if (equals > 0) {
        put(text.substring(0, equals), text.substring(equals + 1));
      }
    }
  }

  /** {@code $name = 'value'}, with or without spaces. What a command would give is not known. */
  void assignInPowerShell(List<Word> words) {
    Word first = words.get(0);
    int equals = first.text().indexOf('=');
    if (equals > 0) {
      String rest = first.text().substring(equals + 1);
      Word value = rest.isEmpty() && words.size() > 1 ? words.get(1) : null;
      assign(
          first.text().substring(0, equals),
          value == null ? rest : value.text(),
          value == null ? first.quoted() : value.quoted());
    } else if (words.size() > 1 && words.get(1).text().startsWith("=")) {
      Word second = words.get(1);
      boolean apart = second.text().length() == 1 && words.size() > 2;
      Word value = apart ? words.get(2) : second;
      assign(first.text(), apart ? value.text() : value.text().substring(1), value.quoted());
    }
  }

  private void assign(String variable, String value, boolean quoted) {
    if (quoted) {
      put(nameIn(variable), value);
    }
  }

  private static String nameIn(String variable) {
    String name = variable.substring(1);
    return name.startsWith("{") && name.endsWith("}") ? name.substring(1, name.length() - 1) : name;
  }

  private void put(String name, String value) {
    if (values.size() < MOST) {
      values.put(name.toLowerCase(Locale.ROOT), expand(value));
    }
  }

  /** The text with the variables replaced that this line has set. */
  String expand(String text) {
    if (values.isEmpty() || (text.indexOf('%') < 0 && text.indexOf('$') < 0)) {
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
        expanded.append(value);
        at = end;
      }
      if (expanded.length() > WindowsPath.LONGEST) {
        return text;
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

  private static String name(String text, int start, int end) {
    String name = text.substring(start + 1, end);
    if (text.charAt(start) == '%' || name.startsWith("{")) {
      int from = name.startsWith("{") ? 1 : 0;
      name = name.substring(from, name.length() - 1);
    }
    return name.toLowerCase(Locale.ROOT);
  }

  /** Where the variable ends that begins here; -1 when none does. */
  static int endOfVariable(String text, int start) {
    if (text.isEmpty()) {
      return -1;
    }
    char sign = text.charAt(start);
    if (sign != '%' && sign != '$') {
      return -1;
    }
    boolean braced = sign == '$' && text.startsWith("${", start);
    int at = start + (braced ? 2 : 1);
    while (at < text.length() && isNamePart(text.charAt(at), sign == '%')) {
      at++;
    }
    boolean named = at > start + (braced ? 2 : 1);
    if (sign == '%' || braced) {
      char close = braced ? '}' : '%';
      return named && at < text.length() && text.charAt(at) == close ? at + 1 : -1;
    }
    return named ? at : -1;
  }

  private static boolean isNamePart(char c, boolean cmd) {
    return Character.isLetterOrDigit(c) || c == '_' || c == ':' || (cmd && (c == '(' || c == ')'));
  }
}
