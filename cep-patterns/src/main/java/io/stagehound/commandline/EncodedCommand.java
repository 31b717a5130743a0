package io.stagehound.commandline;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A command of PowerShell as {@code -EncodedCommand} takes it: text in UTF-16, and that in Base64.
 * <a
 * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe#-encodedcommand-base64encodedcommand">
 * Reference</a>.
 */
final class EncodedCommand {

  private EncodedCommand() {}

  /**
   * The command; null when the text is none. It may have been cut off, with or without its padding.
   */
  static @Nullable String decode(String encoded) {
    StringBuilder digits = new StringBuilder(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (isDigit(c)) {
        digits.append(c);
      } else if (c != '=' && !Character.isWhitespace(c)) {
        return null;
      }
    }
    // One digit alone is less than a byte.
    digits.setLength(digits.length() - (digits.length() % 4 == 1 ? 1 : 0));
    byte[] bytes = Base64.getDecoder().decode(digits.toString());
    String text = new String(bytes, 0, bytes.length / 2 * 2, StandardCharsets.UTF_16LE);
    return isText(text) ? text : null;
  }

  private static boolean isDigit(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  /** Whether it reads as a command: a word that is no Base64 decodes to signs of all the world. */
  private static boolean isText(String text) {
    long ascii =
        text.chars().filter(c -> c < 0x80 && (c >= ' ' || Character.isWhitespace(c))).count();
    return ascii * 2 > text.length();
  }
}
