package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The arguments of a command whose options begin with a slash and may stand right behind a path or
 * another option: {@code xcopy/s/y C:\a \\h\s/e}.
 *
 * @param paths what is no option, in order
 * @param options the options, in lower case and without the slash
 */
record SlashArguments(List<Word> paths, Set<String> options) {

  private static final Set<String> LONG_OPTIONS = Set.of("-y", "compress", "sparse");

  /** Sorts these words. */
  static SlashArguments of(List<Word> words) {
    List<Word> paths = new ArrayList<>();
    Set<String> options = new HashSet<>();
    for (Word word : words) {
      int slash = optionsAt(word);
      if (slash > 0) {
        paths.add(word.part(0, slash));
      } else if (slash < 0) {
        paths.add(word);
      }
      if (slash >= 0) {
        String text = word.text().substring(slash + 1).toLowerCase(Locale.ROOT);
        options.addAll(List.of(text.split("/")));
      }
    }
    return new SlashArguments(paths, options);
  }

  /** Whether folders below are looked through as well. */
  boolean recursive() {
    return options.contains("s") || options.contains("e");
  }

  /**
   * Where the options of a word begin; -1 when it has none. Behind a path, only what looks like
   * options is taken for some: {@code C:/a/b.zip} would fail, and is read as what it means.
   */
  private static int optionsAt(Word word) {
    if (word.isSlashOption()) {
      return 0;
    }
    int slash = word.bare().indexOf('/');
    if (slash <= 0) {
      return -1;
    }
    for (Word option : word.part(slash, word.text().length()).parts("/")) {
      if (!isOption(option.text().toLowerCase(Locale.ROOT))) {
        return -1;
      }
    }
    return slash;
  }

  private static boolean isOption(String text) {
    return (text.length() == 1 && Character.isLetter(text.charAt(0)))
        || LONG_OPTIONS.contains(text)
        || text.startsWith("d:")
        || text.startsWith("exclude:");
  }
}
