package io.stagehound.decode;

import io.stagehound.event.EventProvider;
import io.stagehound.event.EventType;
import org.jspecify.annotations.Nullable;

/** Whose account acted, and in which logon session: what every provider tells in its own way. */
final class Accounts {

  /** Before the account, in its own line of {@link Field#CONTEXT_INFO}. */
  private static final String USER_IN_CONTEXT = "User = ";

  private Accounts() {}

  /** The acting account, {@code DOMAIN\name}. */
  static @Nullable String user(EventType type, FieldValues values) {
    return switch (type.provider()) {
      case SYSMON -> {
        String user = values.get(Field.USER);
        yield user != null || values.has(Field.USER_OF_LOGGER)
            ? user
            : account(values, Field.USER_DOMAIN, Field.USER_NAME);
      }
      case SECURITY -> {
        String user = target(values);
        if (user == null) {
          user = account(values, Field.SUBJECT_DOMAIN_NAME, Field.SUBJECT_USER_NAME);
        }
        yield user != null ? user : values.get(Field.ACCOUNT);
      }
      case POWERSHELL -> {
        String user = account(values, Field.USER_DOMAIN, Field.USER_NAME);
        if (user == null) {
          user = userInContext(values.get(Field.CONTEXT_INFO));
        }
        if (user == null) {
          user = account(values, Field.ACCOUNT_DOMAIN, Field.ACCOUNT_NAME);
        }
        yield user != null ? user : values.get(Field.ACCOUNT);
      }
    };
  }

  /** The logon session of the acting account. */
  static @Nullable String logonId(EventType type, FieldValues values) {
    if (type.provider() != EventProvider.SECURITY) {
      return KindFields.of(type).text(Field.LOGON_ID, values);
    }
    return values.get(target(values) == null ? Field.SUBJECT_LOGON_ID : Field.TARGET_LOGON_ID);
  }

  /** The account that a process runs as; null when it is that of the subject that started it. */
  private static @Nullable String target(FieldValues values) {
    return account(values, Field.TARGET_DOMAIN_NAME, Field.TARGET_USER_NAME);
  }

  private static @Nullable String account(FieldValues values, Field domainField, Field nameField) {
    String name = values.get(nameField);
    if (isNone(name)) {
      return null;
    }
    String domain = values.get(domainField);
    return isNone(domain) ? name : domain + "\\" + name;
  }

  private static boolean isNone(@Nullable String text) {
    return text == null || text.equals("-");
  }

  private static @Nullable String userInContext(@Nullable String context) {
    if (context == null) {
      return null;
    }
    for (String line : (Iterable<String>) context.lines()::iterator) {
      String entry = line.strip();
      if (entry.startsWith(USER_IN_CONTEXT)) {
        return entry.substring(USER_IN_CONTEXT.length());
      }
    }
    return null;
  }
}
