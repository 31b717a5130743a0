package io.stagehound.commandline;

import java.util.Locale;

/** Paths as Windows compares them, as text alone. */
final class WindowsPath {

  /** The most characters that a path of Windows has; a longer text is none. */
  static final int LONGEST = 32_767;

  /** The longest name that NTFS has; a longer one matches nothing. */
  private static final int LONGEST_NAME = 255;

  /**
   * Stands for any folders, as the last part of a wildcard's folder. Windows knows no such
   * wildcard; it is how a command that looks through all folders below one is written.
   */
  private static final String ANY_FOLDERS = "**";

  private WindowsPath() {}

  /** A folder and a name in it. */
  static String join(String folder, String name) {
    return endsInSeparator(folder) ? folder + name : folder + "\\" + name;
  }

  private static boolean endsInSeparator(String path) {
    return !path.isEmpty() && isSeparator(path.charAt(path.length() - 1));
  }

  /** Whether a path begins at no drive, server or root. */
  static boolean isRelative(String path) {
    return !path.startsWith("\\") && !path.startsWith("/") && !hasDrive(path);
  }

  /**
   * Whether it begins with a drive: a letter, or a longer name that PowerShell has given one. A
   * colon elsewhere parts a file from a stream of it.
   */
  private static boolean hasDrive(String path) {
    int colon = path.indexOf(':');
    if (colon <= 1) {
      return colon == 1;
    }
    for (int i = 0; i < colon; i++) {
      if (!Character.isLetterOrDigit(path.charAt(i)) && path.charAt(i) != '_') {
        return false;
      }
    }
    return colon == path.length() - 1 || isSeparator(path.charAt(colon + 1));
  }

  /** Whether a path is this folder or drive, or lies in it. */
  static boolean isIn(String path, String folder) {
    int length = folder.length();
    if (path.length() < length || !isSame(path, 0, folder, 0, length)) {
      return false;
    }
    return path.length() == length || folder.endsWith(":") || isSeparator(path.charAt(length));
  }

  /**
   * The path with one separator where it has several, save those that it begins with, and without
   * {@code .\} before it.
   */
  static String tidy(String path) {
    int from = path.length() > 2 && isHere(path) ? 2 : 0;
    int start = from;
    while (start < path.length() && isSeparator(path.charAt(start))) {
      start++;
    }
    StringBuilder tidied = new StringBuilder(path.length()).append(path, from, start);
    for (int i = start; i < path.length(); i++) {
      if (i == start || !isSeparator(path.charAt(i)) || !isSeparator(path.charAt(i - 1))) {
        tidied.append(path.charAt(i));
      }
    }
    return tidied.toString();
  }

  /**
   * The source of a command that also looks through the folders below: {@code C:\t\**\*.zip} for
   * {@code C:\t\*.zip}. A source that is no wildcard takes what is below it as it is.
   */
  static String throughFolders(String source) {
    int nameAt = nameAt(source, 0, source.length());
    return nameAt < 0 || !hasWildcard(source, nameAt, source.length())
        ? source
        : source.substring(0, nameAt) + ANY_FOLDERS + "\\" + source.substring(nameAt);
  }

  /**
   * Whether copying {@code source} takes the file {@code path}: it is that path, that file name, a
   * folder above the file, or a wildcard that fits. Of a wildcard whose folder is not known, only
   * one that says more than "everything" fits. Nothing is copied or changed to compare: there may
   * be many sources and many files.
   */
  static boolean takes(String source, String path) {
    if (source.length() > LONGEST || path.length() > LONGEST) {
      return false;
    }
    int from = isHere(source) ? 2 : 0;
    int end = withoutSeparators(source);
    int fileEnd = withoutSeparators(path);
    int nameAt = nameAt(source, from, end);
    int fileNameAt = nameAt(path, 0, fileEnd);
    if (end <= from || nameAt < 0 || fileNameAt < 0) {
      return false;
    }
    if (hasWildcard(source, nameAt, end)) {
      String name = source.substring(nameAt, end);
      return folderFits(source, from, nameAt - 1, isEverything(name), path, fileNameAt - 1)
          && matches(lower(name), lower(path.substring(fileNameAt, fileEnd)));
    }
    return (end - nameAt == fileEnd - fileNameAt
            && isSame(source, nameAt, path, fileNameAt, end - nameAt))
        || (!isRoot(source, from, end) && isBelow(path, fileEnd, source, from, end));
  }

  /** Whether the folder of a wildcard, which ends at {@code to}, is one that the file lies in. */
  private static boolean folderFits(
      String source, int from, int to, boolean everything, String path, int fileFolderEnd) {
    if (to <= from) {
      return !everything;
    }
    if (!source.regionMatches(to - ANY_FOLDERS.length(), ANY_FOLDERS, 0, ANY_FOLDERS.length())) {
      return to - from == fileFolderEnd && isSame(source, from, path, 0, to - from);
    }
    int base = to - ANY_FOLDERS.length() - 1;
    if (base <= from || (isRoot(source, from, base) && everything)) {
      return !everything;
    }
    boolean same = base - from == fileFolderEnd && isSame(source, from, path, 0, base - from);
    return same || isBelow(path, fileFolderEnd, source, from, base);
  }

  /** Whether the path, up to its end, lies below this folder. */
  private static boolean isBelow(String path, int end, String source, int from, int to) {
    int length = to - from;
    return length < end
        && isSeparator(path.charAt(length))
        && isSame(source, from, path, 0, length);
  }

  private static boolean isHere(String path) {
    return path.length() > 1 && path.charAt(0) == '.' && isSeparator(path.charAt(1));
  }

  private static boolean isRoot(String path, int from, int to) {
    return to - from == 2 && path.charAt(from + 1) == ':';
  }

  static boolean isSeparator(char c) {
    return c == '\\' || c == '/';
  }

  private static int withoutSeparators(String path) {
    int end = path.length();
    while (end > 0 && isSeparator(path.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** Where the last name in this part of a path begins; -1 when it is too long to be one. */
  private static int nameAt(String path, int from, int to) {
    int at = to;
    while (at > from && !isSeparator(path.charAt(at - 1))) {
      if (to - at == LONGEST_NAME) {
        return -1;
      }
      at--;
    }
    return at;
  }

  private static boolean hasWildcard(String path, int from, int to) {
    for (int i = from; i < to; i++) {
      if (path.charAt(i) == '*' || path.charAt(i) == '?') {
        return true;
      }
    }
    return false;
  }

  private static boolean isEverything(String name) {
    return name.chars().allMatch(c -> c == '*' || c == '?' || c == '.');
  }

  private static boolean isSame(String some, int from, String other, int otherFrom, int length) {
    for (int i = 0; i < length; i++) {
      char a = some.charAt(from + i);
      char b = other.charAt(otherFrom + i);
      if (a != b && !isSameLetter(a, b) && folded(a) != folded(b)) {
        return false;
      }
    }
    return true;
  }

  /** Whether two letters of ASCII differ in case alone: what nearly all that differ are. */
  private static boolean isSameLetter(char a, char b) {
    int lower = a | 0x20;
    return lower == (b | 0x20) && lower >= 'a' && lower <= 'z';
  }

  private static char folded(char c) {
    return c == '/' ? '\\' : Character.toLowerCase(Character.toUpperCase(c));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether a name fits a wildcard, in time of the product of their lengths, which are bounded. */
  private static boolean matches(String wildcard, String name) {
    // "*.*" is every name, with or without a dot.
    String pattern =
        wildcard.endsWith("*.*") ? wildcard.substring(0, wildcard.length() - 2) : wildcard;
    int p = 0;
    int n = 0;
    int star = -1;
    int afterStar = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        afterStar = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++afterStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
