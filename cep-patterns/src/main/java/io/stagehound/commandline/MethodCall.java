package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method of .NET or of a COM object: {@code [IO.File]::Copy('a', 'b')}, {@code
 * $file.CopyTo('b')}.
 *
 * @param receiver what stands before the method, as the event has it: {@code [IO.File]}
 * @param method the method, in lower case
 * @param arguments its arguments; an expression that is not known as it stands
 * @param inner the statements that the receiver's own parentheses hold
 */
record MethodCall(String receiver, String method, List<String> arguments, List<Statement> inner) {

  /** Methods of the type that copy or move, with the type's name. */
  private static final Map<String, Set<String>> STATIC =
      Map.of(
          "io.file", Set.of("copy", "move", "replace"),
          "io.directory", Set.of("move"));

  /** Methods of a file or folder that copy or move it. */
  private static final Set<String> OF_FILES = Set.of("copyto", "moveto");

  /** The call that ends this word; null when none does. */
  static @Nullable MethodCall of(Word word) {
    String bare = word.bare();
    int end = bare.length();
    if (end == 0 || word.inner().isEmpty() || bare.charAt(end - 1) != Word.HIDDEN) {
      return null;
    }
    while (end > 0 && bare.charAt(end - 1) == Word.HIDDEN) {
      end--;
    }
    int start = end;
    while (start > 0 && Character.isLetter(bare.charAt(start - 1))) {
      start--;
    }
    boolean isStatic = start > 1 && bare.startsWith("::", start - 2);
    if (start == end || !(isStatic || (start > 0 && bare.charAt(start - 1) == '.'))) {
      return null;
    }
    String receiver = word.text().substring(0, start - (isStatic ? 2 : 1));
    int last = word.inner().size() - 1;
    return new MethodCall(
        receiver,
        word.text().substring(start, end).toLowerCase(Locale.ROOT),
        arguments(word.inner().get(last).words()),
        word.inner().subList(0, last));
  }

  private static List<String> arguments(List<Word> words) {
    List<String> values = PowerShellValue.of(words);
    if (values != null) {
      return values;
    }
    List<String> arguments = new ArrayList<>();
    for (Word word : words) {
      if (!word.bare().equals(",")) {
        arguments.addAll(PowerShellValue.textsOf(word));
      }
    }
    return arguments;
  }

  /** Whether it copies or moves a file or folder. */
  boolean copies() {
    if (OF_FILES.contains(method)) {
      return !arguments.isEmpty();
    }
    return arguments.size() > 1 && STATIC.getOrDefault(type(), Set.of()).contains(method);
  }

  /** The type whose method it is, without {@code System.}, in lower case. */
  private String type() {
    int open = receiver.lastIndexOf('[');
    if (open < 0 || !receiver.endsWith("]")) {
      return "";
    }
    String type = receiver.substring(open + 1, receiver.length() - 1).toLowerCase(Locale.ROOT);
    return type.startsWith("system.") ? type.substring("system.".length()) : type;
  }

  /** The name that the copy is published with: {@code [io.file]::copy}, {@code .copyto}. */
  String command() {
    return OF_FILES.contains(method) ? "." + method : "[" + type() + "]::" + method;
  }

  /** What it copies. */
  CopyEnds ends() {
    if (!OF_FILES.contains(method)) {
      return new CopyEnds(arguments.subList(0, 1), arguments.get(1));
    }
    List<String> files = inner.isEmpty() ? null : PowerShellValue.of(inner.get(0).words());
    return new CopyEnds(files == null ? List.of(receiver) : files, arguments.get(0));
  }
}
