package io.stagehound.decode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one record was found to hold. */
final class FieldValues {

  /** More than any event has; a list may be longer only in a record that is none. */
  private static final int MOST_INSERTS = 64;

  /** What a record in a text begins with. */
  private static final String RECORDS_BEGIN = "{<[";

  /** A text, and whether entities in it are yet to be resolved. */
  private record Kept(FieldText text, int priority, boolean entities) {
    String resolved() {
      return entities ? FieldValues.resolved(text.text()) : text.text();
    }
  }

  private final Map<Field, Kept> kept = new EnumMap<>(Field.class);
  private final List<String> inserts = new ArrayList<>();
  private final List<String> wrapped = new ArrayList<>();
  private boolean fromXml;

  /** Says whether what is put next comes from XML, whose reader has resolved its entities. */
  void fromXml(boolean xml) {
    fromXml = xml;
  }

  /** Keeps a text, unless it is empty or a better one is there. */
  void put(FieldNode.Row row, FieldText text) {
    if (text.isEmpty()) {
      return;
    }
    if (row.field() == Field.WRAPPED) {
      if (text.mayBeginWithOneOf(RECORDS_BEGIN) && looksLikeRecord(text.text())) {
        wrapped.add(text.text());
      }
      return;
    }
    Kept before = kept.get(row.field());
    if (before == null || row.priority() < before.priority()) {
      FieldText read = row.form().read(text);
      if (read != null && !read.isEmpty()) {
        kept.put(
            row.field(), new Kept(read, row.priority(), !fromXml && row.form() != Form.VERBATIM));
      }
    }
  }

  /** Keeps a text unless the field has one. */
  void fill(Field field, String text) {
    if (!text.isEmpty()) {
      kept.putIfAbsent(field, new Kept(FieldText.of(text), Integer.MAX_VALUE, false));
    }
  }

  boolean has(Field field) {
    return kept.containsKey(field);
  }

  /** Whether no text that is put later could count instead of the one that the field has. */
  boolean isDecided(Field field) {
    Kept found = kept.get(field);
    return found != null && found.priority() == FieldTable.EXACT;
  }

  @Nullable String get(Field field) {
    Kept found = kept.get(field);
    return found == null ? null : found.resolved();
  }

  /** The text of this field, which it then has no more. */
  @Nullable String take(Field field) {
    Kept taken = kept.remove(field);
    return taken == null ? null : taken.resolved();
  }

  void addInsert(String text) {
    if (inserts.size() < MOST_INSERTS) {
      inserts.add(fromXml ? text : resolved(text));
    }
  }

  /** Texts by position. */
  List<String> inserts() {
    return inserts;
  }

  /** Texts that may be whole records. */
  List<String> wrapped() {
    return wrapped;
  }

  /** The five entities of XML, which some shippers pass on as they stand in the event's XML. */
  private static String resolved(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static boolean looksLikeRecord(String text) {
    String start = text.substring(0, Math.min(text.length(), 64)).stripLeading();
    return !start.isEmpty() && RECORDS_BEGIN.indexOf(start.charAt(0)) >= 0;
  }
}
