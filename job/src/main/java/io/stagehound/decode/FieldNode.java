package io.stagehound.decode;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in the {@link FieldTable}: what stands at one path of a record, and the paths below. */
final class FieldNode {

  /** What is at this place beside fields of its own. */
  enum Holds {
    NOTHING,
    /** Whole records, in a list. */
    RECORDS,
    /** Fields, each an entry with a name and a text; or texts alone, by position. */
    NAMED_ITEMS,
    /** Texts by position. */
    INSERTS
  }

  /** A row of the table that ends here. */
  record Row(Field field, int priority, Form form) {}

  /** Instead of the priority of an event id: higher than any. */
  static final int NO_EVENT_ID = Integer.MAX_VALUE;

  private final Map<String, FieldNode> children = new HashMap<>();
  // A place can hold two fields: a message may be a wrapped record or the event's own text, and
  // ECS has one name for what providers name differently.
  private @Nullable Row row;
  private @Nullable Row secondRow;
  private @Nullable FieldNode fallback;
  private Holds holds = Holds.NOTHING;
  private int eventIdPriority = NO_EVENT_ID;
  // Made when it is first asked for, as the table is whole then.
  private @Nullable NameTable names;

  /** The place at a path below this one, made when it is not there. */
  FieldNode at(String path) {
    FieldNode node = this;
    for (String name : path.split("\\.", -1)) {
      node = node.children.computeIfAbsent(name, none -> new FieldNode());
    }
    return node;
  }

  void row(String path, Field field, int priority) {
    row(path, field, priority, Form.PLAIN);
  }

  void row(String path, Field field, int priority, Form form) {
    FieldNode node = at(path);
    if (names != null || node.names != null) {
      throw new IllegalStateException("the table is in use already");
    }
    Row added = new Row(field, priority, form);
    if (node.row == null) {
      node.row = added;
    } else if (node.secondRow == null) {
      node.secondRow = added;
    } else {
      throw new IllegalStateException("three fields at " + path);
    }
    if (field == Field.EVENT_ID) {
      node.eventIdPriority = Math.min(node.eventIdPriority, priority);
    }
  }

  /** Makes what is not found below this place be looked for below that one. */
  void fallBackOn(FieldNode other) {
    fallback = other;
  }

  void holdsRecords() {
    holds = Holds.RECORDS;
  }

  void holdsInserts() {
    holds = Holds.INSERTS;
  }

  /** Makes this place a list of named fields, whose names are those below {@code container}. */
  void holdsNamedItems(FieldNode container) {
    holds = Holds.NAMED_ITEMS;
    fallback = container;
  }

  /**
   * The place below this one with this name, which may be several names joined by dots; null when
   * nothing that matters is there.
   */
  @Nullable FieldNode child(String name) {
    FieldNode direct = directChild(name);
    if (direct != null || name.indexOf('.') < 0) {
      return direct;
    }
    FieldNode node = this;
    int from = 0;
    while (node != null && from <= name.length()) {
      int dot = name.indexOf('.', from);
      int to = dot < 0 ? name.length() : dot;
      node = node.directChild(name.substring(from, to));
      from = to + 1;
    }
    return node;
  }

  private @Nullable FieldNode directChild(String name) {
    FieldNode child = children.get(name);
    if (child != null || fallback == null) {
      return child;
    }
    return fallback.children.get(name);
  }

  /** As {@link #child(String)}, of a name in UTF-8. */
  @Nullable FieldNode child(byte[] bytes, int from, int to) {
    FieldNode child = names().get(bytes, from, to);
    return child == null && EightBytes.hasDot(bytes, from, to)
        ? child(new String(bytes, from, to - from, StandardCharsets.UTF_8))
        : child;
  }

  private NameTable names() {
    if (names == null) {
      Map<String, FieldNode> all = new HashMap<>(fallback == null ? Map.of() : fallback.children);
      all.putAll(children);
      names = new NameTable(all);
    }
    return names;
  }

  Holds holds() {
    return holds;
  }

  /** Whether a text at this place is kept. */
  boolean takesText() {
    return row != null || takesInserts();
  }

  private boolean takesInserts() {
    return holds == Holds.INSERTS || holds == Holds.NAMED_ITEMS;
  }

  /** The priority of an event id at this place, or {@link #NO_EVENT_ID}. */
  int eventIdPriority() {
    return eventIdPriority;
  }

  @Nullable FieldNode namedItem(String name) {
    return fallback == null ? null : fallback.children.get(name);
  }

  /** Puts a text that stands at this place where it belongs. */
  void put(String text, FieldValues values) {
    put(FieldText.of(text), values);
  }

  void put(FieldText text, FieldValues values) {
    if (takesInserts()) {
      values.addInsert(text.text());
    }
    if (row != null) {
      values.put(row, text);
    }
    if (secondRow != null) {
      values.put(secondRow, text);
    }
  }
}
