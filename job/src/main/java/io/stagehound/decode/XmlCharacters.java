package io.stagehound.decode;

/**
 * Characters that XML forbids, and that a command line may hold all the same: whoever writes one
 * there must not make the event unreadable.
 */
final class XmlCharacters {

  private static final String CDATA = "<![CDATA[";
  private static final String CDATA_END = "]]>";

  /** The longest reference to a character, with leading zeros to spare. */
  private static final int LONGEST_REFERENCE = 24;

  private XmlCharacters() {}

  /** Whether there may be anything that {@link #replaceForbidden} replaces. */
  static boolean mayHoldForbidden(byte[] utf8, int from, int to) {
    for (int i = from; i < to; i++) {
      int next = utf8[i];
      // A control character, a reference, or the first byte of U+FFFE and of much else.
      if ((next >= 0 && !isAllowed(next))
          || (next == '&' && i + 1 < to && utf8[i + 1] == '#')
          || (next == (byte) 0xEF && i + 1 < to && utf8[i + 1] == (byte) 0xBF)) {
        return true;
      }
    }
    return false;
  }

  /** The XML with U+FFFD for each character, and for each reference to one, that XML forbids. */
  static String replaceForbidden(String xml) {
    StringBuilder replaced = new StringBuilder();
    int kept = 0;
    int cdataTo = 0;
    int length;
    for (int at = 0; at < xml.length(); at += length) {
      int character = xml.codePointAt(at);
      length = Character.charCount(character);
      if (at >= cdataTo && xml.startsWith(CDATA, at)) {
        int end = xml.indexOf(CDATA_END, at);
        cdataTo = end < 0 ? xml.length() : end;
      } else if (at >= cdataTo && xml.startsWith("&#", at)) {
        length = referenceLength(xml, at);
        character = length == 1 ? '&' : referenced(xml.substring(at + 2, at + length - 1));
      }
      if (!isAllowed(character)) {
        replaced.append(xml, kept, at).append('\uFFFD');
        kept = at + length;
      }
    }
    return kept == 0 ? xml : replaced.append(xml, kept, xml.length()).toString();
  }

  /** Up to and with the semicolon; 1 when none is near. */
  private static int referenceLength(String xml, int at) {
    int most = Math.min(xml.length(), at + LONGEST_REFERENCE);
    for (int end = at + 2; end < most; end++) {
      if (xml.charAt(end) == ';') {
        return end + 1 - at;
      }
    }
    return 1;
  }

  /** The character with this number; 0, which is forbidden, when there is none. */
  private static int referenced(String number) {
    try {
      return number.startsWith("x")
          ? Integer.parseUnsignedInt(number.substring(1), 16)
          : Integer.parseUnsignedInt(number);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static boolean isAllowed(int character) {
    return (character >= ' ' && character < Character.MIN_SURROGATE)
        || (character > Character.MAX_SURROGATE && character < 0xFFFE)
        || (character >= Character.MIN_SUPPLEMENTARY_CODE_POINT
            && character <= Character.MAX_CODE_POINT)
        || character == '\t'
        || character == '\n'
        || character == '\r';
  }
}
