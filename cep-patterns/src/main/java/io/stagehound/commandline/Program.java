package io.stagehound.commandline;

import io.stagehound.event.SysmonEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The program that a process runs, of those whose command lines are read.
 *
 * @param name the name that it is known by: {@code robocopy}, {@code cmd}, …
 * @param builtAs the name that it was built with, where only that tells which it is; else null
 */
record Program(String name, @Nullable String builtAs) {

  /** Programs that the indicators know anywhere in the path of an image, in their order. */
  private static final List<String> ANYWHERE =
      List.of("robocopy.exe", "xcopy.exe", "powershell.exe", "pwsh.exe", "cmd.exe");

  private static final Set<String> SHELLS = Set.of("cmd", "powershell", "pwsh", "forfiles");

  /** Names that one and the same program goes by. */
  private static final List<Set<String>> ONE_PROGRAM =
      List.of(
          Set.of("makecab", "diantz"),
          Set.of("7z", "7za", "7zr", "7zg"),
          Set.of("rar", "winrar"),
          Set.of("tar", "bsdtar"),
          Set.of("net", "net1"),
          Set.of("powershell", "pwsh"));

  private static final String EXTENSION = ".exe";

  /** What PowerShell 6 and later are built as. */
  private static final String LIBRARY_EXTENSION = ".dll";

  private static final int LONGEST_NAME = 12;

  /** The names by their length: each search looks at few of them. */
  private static final List<List<String>> BY_LENGTH = byLength();

  private static List<List<String>> byLength() {
    List<List<String>> names = new ArrayList<>();
    for (int i = 0; i <= LONGEST_NAME; i++) {
      names.add(new ArrayList<>());
    }
    for (Set<String> some : List.of(SHELLS, CopyTool.programs(), DriveCommand.programs())) {
      some.forEach(name -> names.get(name.length()).add(name));
    }
    return names;
  }

  /** The program that an event's process runs; null when its command line is not read. */
  static @Nullable Program of(SysmonEvent event) {
    String image = event.image();
    if (image == null) {
      return null;
    }
    String name = anywhere(image);
    name = name == null ? known(image) : name;
    String builtAs = event.originalFileName();
    String known = builtAs == null ? null : known(builtAs);
    if (name != null && (known == null || isSameProgram(name, known))) {
      return new Program(name, null);
    }
    return known == null ? null : new Program(known, builtAs);
  }

  /** Whether two names are of one program: some are built as what their family is called. */
  private static boolean isSameProgram(String name, String builtAs) {
    return name.equals(builtAs)
        || ONE_PROGRAM.stream().anyMatch(names -> names.contains(name) && names.contains(builtAs));
  }

  /** The first of the names that the indicators know that stands in the path. */
  private static @Nullable String anywhere(String image) {
    int found = ANYWHERE.size();
    // Nearly every path has one dot: names are compared only there.
    for (int dot = image.indexOf('.'); dot >= 0; dot = image.indexOf('.', dot + 1)) {
      for (int i = 0; i < found; i++) {
        String name = ANYWHERE.get(i);
        int start = dot - (name.length() - EXTENSION.length());
        if (start >= 0 && image.regionMatches(true, start, name, 0, name.length())) {
          found = i;
        }
      }
    }
    return found == ANYWHERE.size() ? null : Statement.programName(ANYWHERE.get(found));
  }

  /** The known program that a path ends in. */
  private static @Nullable String known(String path) {
    int start = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1;
    int end = path.length();
    if (endsIn(path, EXTENSION) || endsIn(path, LIBRARY_EXTENSION)) {
      end -= EXTENSION.length();
    }
    int length = end - start;
    if (length <= 0 || length > LONGEST_NAME) {
      return null;
    }
    for (String name : BY_LENGTH.get(length)) {
      if (path.regionMatches(true, start, name, 0, length)) {
        return name;
      }
    }
    return null;
  }

  private static boolean endsIn(String path, String ending) {
    return path.regionMatches(true, path.length() - ending.length(), ending, 0, ending.length());
  }

  /** Whether it reads a language in which commands stand. */
  boolean isShell() {
    return SHELLS.contains(name);
  }
}
