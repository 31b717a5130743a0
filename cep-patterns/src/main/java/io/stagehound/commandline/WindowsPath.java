package io.stagehound.commandline;

import java.util.Locale;

/** Paths as Windows compares them, as text alone. */
final class WindowsPath {

  /** The longest name that NTFS has; a longer one matches nothing. */
  private static final int LONGEST_NAME = 255;

  private WindowsPath() {}

  /** A folder and a name in it. */
  static String join(String folder, String name) {
    return folder.endsWith("\\") || folder.endsWith("/") ? folder + name : folder + "\\" + name;
  }

  /** Whether a path begins at no drive, server or root. */
  static boolean isRelative(String path) {
    boolean drive = path.length() > 1 && path.charAt(1) == ':';
    return !drive && !path.startsWith("\\") && !path.startsWith("/");
  }

  /**
   * Whether copying {@code source} takes the file {@code path}: it is that path, that file name, a
   * folder above the file, or a wildcard that fits. Of a wildcard whose folder is not known, only
   * one that says more than "everything" fits.
   */
  static boolean takes(String source, String path) {
    String wanted = normal(source);
    String file = normal(path);
    if (wanted.isEmpty()) {
      return false;
    }
    int cut = wanted.lastIndexOf('\\');
    String folder = cut < 0 ? "" : wanted.substring(0, cut);
    String name = wanted.substring(cut + 1);
    String fileFolder = file.substring(0, Math.max(0, file.lastIndexOf('\\')));
    String fileName = file.substring(file.lastIndexOf('\\') + 1);
    if (name.indexOf('*') >= 0 || name.indexOf('?') >= 0) {
      boolean everything = name.chars().allMatch(c -> c == '*' || c == '?' || c == '.');
      boolean folderFits = folder.isEmpty() ? !everything : folder.equals(fileFolder);
      return folderFits && matches(name, fileName);
    }
    boolean isRoot = wanted.length() == 2 && wanted.charAt(1) == ':';
    return name.equals(fileName) || (!isRoot && file.startsWith(wanted + "\\"));
  }

  private static String normal(String path) {
    String normal = path.replace('/', '\\').toLowerCase(Locale.ROOT);
    if (normal.startsWith(".\\")) {
      normal = normal.substring(2);
    }
    int end = normal.length();
    while (end > 0 && normal.charAt(end - 1) == '\\') {
      end--;
    }
    return normal.substring(0, end);
  }

  /** Whether a name fits a wildcard, in time of the product of their lengths, which are bounded. */
  private static boolean matches(String wildcard, String name) {
    if (wildcard.length() > LONGEST_NAME || name.length() > LONGEST_NAME) {
      return false;
    }
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
