package io.stagehound.decode;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * Reads the times that records carry: {@code 2020-06-10 02:51:04.728}, with {@code T} or a space,
 * any number of digits of a second, and {@code Z}, an offset or none (which is UTC); seconds or
 * milliseconds since the epoch; and {@code /Date(…)/}, as PowerShell writes them.
 */
final class EventTime {

  /** The earliest time that a record can truly carry: before it no Windows clock starts. */
  static final long EARLIEST = epochMillis(1980);

  /** What every time that a record can truly carry comes before. */
  static final long LATEST = epochMillis(2200);

  private static final int MILLIS_PER_SECOND = 1000;
  private static final int MOST_DIGITS = 18;

  /** Numbers from here on are milliseconds since the epoch, below it seconds: the year 5138. */
  private static final long FIRST_MILLIS = 100_000_000_000L;

  private final String text;
  private int at;

  private EventTime(String text) {
    this.text = text;
  }

  /** Whether a time lies in the range that a record can truly carry. */
  static boolean isPlausible(long millis) {
    return millis >= EARLIEST && millis < LATEST;
  }

  /** The time in milliseconds since the epoch; empty when the text is none that is known. */
  static OptionalLong parse(String text) {
    String trimmed = text.strip();
    try {
      if (trimmed.startsWith("/Date(") && trimmed.endsWith(")/")) {
        return parseNumber(trimmed.substring("/Date(".length(), trimmed.length() - 2));
      }
      return isNumber(trimmed)
          ? parseNumber(trimmed)
          : OptionalLong.of(new EventTime(trimmed).parseDateTime());
    } catch (DateTimeException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether the text ends in {@code Z} or an offset. */
  static boolean hasOffset(String text) {
    String trimmed = text.strip();
    int time = trimmed.indexOf(':');
    return time >= 0
        && (trimmed.endsWith("Z")
            || trimmed.indexOf('+', time) > 0
            || trimmed.indexOf('-', time) > 0);
  }

  private static boolean isNumber(String text) {
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
      } else if (!isDigit(c)) {
        return false;
      }
    }
    return !text.isEmpty() && dots <= 1;
  }

  private static OptionalLong parseNumber(String text) {
    int dot = text.indexOf('.');
    String whole = dot < 0 ? text : text.substring(0, dot);
    if (whole.length() > MOST_DIGITS) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(whole);
    if (Math.abs(number) >= FIRST_MILLIS) {
      return OptionalLong.of(number);
    }
    long millis = dot < 0 ? 0 : millisOfFraction(text, dot + 1, text.length());
    return OptionalLong.of(number * MILLIS_PER_SECOND + millis);
  }

  private long parseDateTime() {
    int year = digits(4);
    expect("-/");
    int month = digits(2);
    expect("-/");
    int day = digits(2);
    expect("T t");
    int hour = digits(2);
    expect(":");
    int minute = digits(2);
    int second = 0;
    if (skip(":")) {
      second = digits(2);
    }
    int millis = 0;
    if (skip(".,")) {
      int from = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      millis = millisOfFraction(text, from, at);
    }
    ZoneOffset offset = offset();
    if (at != text.length()) {
      throw new DateTimeException("more text after a time");
    }
    return LocalDateTime.of(year, month, day, hour, minute, second).toInstant(offset).toEpochMilli()
        + millis;
  }

  private ZoneOffset offset() {
    skip(" ");
    if (at == text.length() || skip("Zz")) {
      return ZoneOffset.UTC;
    }
    if (text.startsWith("UTC", at)) {
      at += "UTC".length();
      return ZoneOffset.UTC;
    }
    boolean west = text.charAt(at) == '-';
    expect("+-");
    int hours = digits(2);
    skip(":");
    int minutes = at < text.length() ? digits(2) : 0;
    return ZoneOffset.ofHoursMinutes(west ? -hours : hours, west ? -minutes : minutes);
  }

  private int digits(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      if (at == text.length() || !isDigit(text.charAt(at))) {
        throw new DateTimeException("a digit is missing");
      }
      number = number * 10 + (text.charAt(at++) - '0');
    }
    return number;
  }

  private void expect(String anyOf) {
    if (!skip(anyOf)) {
      throw new DateTimeException("one of " + anyOf + " is missing");
    }
  }

  private boolean skip(String anyOf) {
    if (at < text.length() && anyOf.indexOf(text.charAt(at)) >= 0) {
      at++;
      return true;
    }
    return false;
  }

  private static int millisOfFraction(String text, int from, int to) {
    int millis = 0;
    for (int i = from; i < from + 3; i++) {
      if (i < to && !isDigit(text.charAt(i))) {
        throw new NumberFormatException("a digit is missing");
      }
      millis = millis * 10 + (i < to ? text.charAt(i) - '0' : 0);
    }
    return millis;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long epochMillis(int year) {
    return LocalDateTime.of(year, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
