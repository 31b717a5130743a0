package io.stagehound.commandline;

import io.stagehound.event.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What expressions of PowerShell give that can be told without running them: texts, texts joined by
 * plus signs, lists of them, {@code Join-Path}, and the paths of {@code Get-Item} and its likes.
 */
final class PowerShellValue {

  /** Commands that give the files and folders they are told. */
  private static final Set<String> LISTINGS =
      Set.of(
          "get-item",
          "gi",
          "get-childitem",
          "gci",
          "dir",
          "ls",
          "resolve-path",
          "rvpa",
          "convert-path",
          "cvpa");

  /** Commands that pass on what the pipe brings, or some of it. */
  private static final Set<String> FILTERS =
      Set.of(
          "where-object",
          "where",
          "?",
          "select-object",
          "select",
          "sort-object",
          "sort",
          "foreach-object",
          "foreach",
          "%",
          "tee-object",
          "tee");

  /** Properties of a file that name it whole. */
  private static final Set<String> NAMES = Set.of("", ".fullname", ".path", ".pspath");

  /** Words that a table gives; no real one has as many. */
  private static final int MOST_PARAMETERS = 50;

  /** Parts of a path that are joined; no real one is put together from as many. */
  private static final int MOST_JOINED = 20;

  /** Characters that are kept of an expression, which may hold others that are kept as well. */
  private static final int LONGEST_EXPRESSION = 1_000;

  private PowerShellValue() {}

  /** What these words give; null when it cannot be told. */
  static @Nullable List<String> of(List<Word> words) {
    if (words.isEmpty()) {
      return null;
    }
    Word first = words.get(0);
    if (words.size() == 1 && first.isGroup()) {
      return of(first);
    }
    if (first.quoted() || first.isGroup() || first.text().startsWith("$")) {
      return expression(words);
    }
    String command = Statement.programName(first.text());
    List<Word> arguments = words.subList(1, words.size());
    if (LISTINGS.contains(command)) {
      List<String> paths = CmdletArguments.ofListing(arguments).paths();
      return paths.isEmpty() ? List.of(".") : paths;
    }
    return command.equals("join-path") ? joined(CmdletArguments.ofListing(arguments)) : null;
  }

  /** What a word that is one argument gives; null when it cannot be told. */
  static @Nullable List<String> of(Word word) {
    if (!word.isGroup()) {
      return List.of(word.text());
    }
    int suffix = word.bare().lastIndexOf(Word.HIDDEN) + 1;
    String text = word.text();
    boolean opened = text.startsWith("(") || text.startsWith("$(") || text.startsWith("@(");
    boolean closed = text.startsWith(")", suffix - 1);
    boolean named = NAMES.contains(text.substring(suffix).toLowerCase(Locale.ROOT));
    return opened && closed && named ? ofPipeline(word.inner()) : null;
  }

  /** What a word is as an argument: its values, or its own text where they cannot be told. */
  static List<String> textsOf(Word word) {
    List<String> values = of(word);
    if (values != null) {
      return values;
    }
    // (…) and $(…) mean the same; with the dollar sign it is known for no name of a file.
    String text = Text.cut(word.text(), LONGEST_EXPRESSION);
    return List.of(text.startsWith("(") ? "$" + text : text);
  }

  private static @Nullable List<String> ofPipeline(List<Statement> statements) {
    for (Statement statement :
        statements.subList(Math.min(1, statements.size()), statements.size())) {
      if (!statement.piped() || !isFilter(statement)) {
        return null;
      }
    }
    return of(statements.get(0).words());
  }

  /** Whether the statement passes on what the pipe brings. */
  static boolean isFilter(Statement statement) {
    return FILTERS.contains(statement.command());
  }

  private static @Nullable List<String> joined(CmdletArguments arguments) {
    List<String> parts = new ArrayList<>(arguments.named("path"));
    arguments.positional().forEach(parts::addAll);
    if (parts.isEmpty()) {
      return null;
    }
    String joined = parts.get(0);
    for (String part : parts.subList(1, Math.min(parts.size(), MOST_JOINED))) {
      joined = WindowsPath.join(joined, part.startsWith("\\") ? part.substring(1) : part);
    }
    return List.of(joined);
  }

  /** Texts and variables with plus signs and commas between them. */
  private static @Nullable List<String> expression(List<Word> words) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    int variableAt = -1;
    boolean termExpected = true;
    for (Word word : words) {
      if (word.bare().equals(",")) {
        if (termExpected) {
          return null;
        }
        values.add(value.toString());
        value.setLength(0);
        variableAt = -1;
        termExpected = true;
        continue;
      }
      int from = 0;
      while (from < word.text().length() || (from == 0 && word.quoted())) {
        if (from < word.bare().length() && word.bare().charAt(from) == '+') {
          if (termExpected) {
            return null;
          }
          termExpected = true;
          from++;
          continue;
        }
        int plus = word.bare().indexOf('+', from);
        int to = plus < 0 ? word.text().length() : plus;
        String term = termExpected ? term(word, from, to) : null;
        if (term == null) {
          return null;
        }
        if (variableAt >= 0) {
          // What comes behind a variable must not lengthen its name.
          value.insert(variableAt + 1, '{').append('}');
        }
        variableAt = isPlainVariable(term) ? value.length() : -1;
        value.append(term);
        termExpected = false;
        from = Math.max(to, 1);
      }
    }
    if (termExpected) {
      return null;
    }
    values.add(value.toString());
    return values;
  }

  private static @Nullable String term(Word word, int from, int to) {
    Word term = word.part(from, to);
    boolean whole = term.equals(word);
    if (word.isGroup()) {
      List<String> values = whole ? of(word) : null;
      return values != null && values.size() == 1 ? values.get(0) : null;
    }
    if (term.isWhollyQuoted()) {
      return term.text();
    }
    return term.bare().startsWith("$") ? term.text() : null;
  }

  private static boolean isPlainVariable(String term) {
    return term.startsWith("$")
        && !term.startsWith("${")
        && Variables.endOfVariable(term, 0) == term.length();
  }

  /** The parameters that a table {@code @{Path='a'; …}} gives a cmdlet it is splatted to. */
  static List<Word> parameters(List<Statement> entries) {
    List<Word> parameters = new ArrayList<>();
    for (Statement entry : entries) {
      Assignment assignment = Assignment.of(entry.words());
      if (assignment != null) {
        addParameter(parameters, assignment.name(), assignment.value());
      }
    }
    return parameters;
  }

  /** Adds an entry of a table to the parameters that it gives. */
  static void addParameter(List<Word> parameters, String name, List<Word> value) {
    if (parameters.size() + value.size() >= MOST_PARAMETERS) {
      return;
    }
    boolean isSwitch =
        value.size() == 1
            && (value.get(0).bare().equalsIgnoreCase("$true")
                || value.get(0).bare().equalsIgnoreCase("$false"));
    if (isSwitch) {
      parameters.add(Word.plain("-" + name + ":" + value.get(0).text()));
    } else {
      parameters.add(Word.plain("-" + name));
      parameters.addAll(value);
    }
  }
}
