package io.stagehound.output;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * Escapes in JSON, beyond what JSON asks for, what {@link UnsafeText} names: a line can be shown on
 * a terminal as it is, and reads the same. Characters beyond U+FFFF are not asked about; the
 * generator escapes them all.
 */
final class SafeEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;

  private static final char DELETE = 0x7f;

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = standardAsciiEscapesForJSON();
    codes[DELETE] = ESCAPE_STANDARD;
    return codes;
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    return UnsafeText.isUnsafe(character)
        ? new SerializedString(String.format("\\u%04x", character))
        : null;
  }
}
