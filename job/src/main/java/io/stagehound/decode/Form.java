package io.stagehound.decode;

import org.jspecify.annotations.Nullable;

/** How a shape writes a value, and so how it is read back. */
enum Form {
  /** As it is. */
  PLAIN {
    @Override
    FieldText read(FieldText value) {
      return value;
    }
  },
  /** As it is, entities included, since it is yet to be read. */
  VERBATIM {
    @Override
    FieldText read(FieldText value) {
      return value;
    }
  },
  /** With every backslash doubled once more than JSON asks for, as Wazuh does. */
  DOUBLED_BACKSLASHES {
    @Override
    FieldText read(FieldText value) {
      String text = value.text();
      return areDoubled(text) ? FieldText.of(text.replace("\\\\", "\\")) : value;
    }
  },
  /** A time that counts only with its offset, since without it it is some machine's local time. */
  WITH_OFFSET {
    @Override
    @Nullable FieldText read(FieldText value) {
      return EventTime.hasOffset(value.text()) ? value : null;
    }
  },
  /** An account that counts only with its domain, since without it it is mostly a SID. */
  WITH_DOMAIN {
    @Override
    @Nullable FieldText read(FieldText value) {
      return value.text().indexOf('\\') > 0 ? value : null;
    }
  };

  /** The value as it was meant; null when it does not count. */
  abstract @Nullable FieldText read(FieldText value);

  private static boolean areDoubled(String value) {
    int run = 0;
    for (int i = 0; i <= value.length(); i++) {
      if (i < value.length() && value.charAt(i) == '\\') {
        run++;
      } else if (run % 2 == 1) {
        return false;
      } else {
        run = 0;
      }
    }
    return true;
  }
}
