package io.stagehound.decode;

/**
 * Where a file of JSON can be parted: behind a line that ends as an object does, and before an
 * object that ends with its line. In strict JSON this is never inside a record, since there a comma
 * would stand between the two. Inside XML it may be: a file that begins with JSON and goes on with
 * events whose scripts have such lines is the exception, whose pieces may overlap. Not thread-safe.
 */
public final class JsonLines {

  /** Returned where a file cannot be parted. */
  public static final int NOWHERE = -1;

  /** With an empty table a line may hold anything. */
  private final JsonScanner scanner = new JsonScanner(new FieldNode());

  /** A finder of such places. */
  public JsonLines() {}

  /**
   * Whether a file begins with an object that ends with its line.
   *
   * @param length how many of its first bytes are in {@code file}
   */
  public boolean begin(byte[] file, int length) {
    return isObject(file, 0, length);
  }

  /**
   * The first place at which a file can be parted; {@link #NOWHERE} when there is none in these
   * bytes of it.
   */
  public int find(byte[] bytes, int length) {
    for (int at = 1; at < length; at++) {
      if (bytes[at - 1] == '\n' && endsAsObject(bytes, at - 1) && isObject(bytes, at, length)) {
        return at;
      }
    }
    return NOWHERE;
  }

  private static boolean endsAsObject(byte[] bytes, int lineEnd) {
    int last = lineEnd - 1;
    if (last >= 0 && bytes[last] == '\r') {
      last--;
    }
    return last >= 0 && bytes[last] == '}';
  }

  private boolean isObject(byte[] bytes, int from, int length) {
    if (from >= length || bytes[from] != '{') {
      return false;
    }
    int end = scanner.scan(bytes, from, length);
    return end >= 0
        && end < length
        && (bytes[end] == '\n'
            || (bytes[end] == '\r' && end + 1 < length && bytes[end + 1] == '\n'));
  }
}
