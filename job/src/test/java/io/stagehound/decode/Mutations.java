package io.stagehound.decode;

import io.stagehound.decode.JsonTree.Entry;
import io.stagehound.decode.JsonTree.JsonList;
import io.stagehound.decode.JsonTree.JsonObject;
import io.stagehound.decode.JsonTree.JsonText;
import io.stagehound.decode.JsonTree.JsonWord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Documents made of others: what they hold is moved and renamed, then their bytes are damaged. */
final class Mutations {

  /** Names and paths that an event id stands at, or might seem to. */
  private static final String[] EVENT_ID_NAMES = {
    "EventID",
    "EventId",
    "event_id",
    "EventCode",
    "Id",
    "winlog.event_id",
    "event.code",
    "win.system.eventID",
    "Event.System.EventID",
    "System.EventID",
    "EventID.Value",
    "EventID.#text",
    "EventID.id",
    "event_id.Value",
    "EventId.#text",
    "EventCode.Value",
    "Event.System.EventID.#text",
    "System.EventID.#text",
    "_source.EventID",
    "event.EventID",
    "body.event_id",
    "data.win.system.eventID",
    // These are none.
    "eventid",
    "EVENTID",
    "EventID ",
    "EventIDs",
    "event_ids",
    "EventI",
    "EventID.",
    ".EventID",
    "EventID.value",
    "event.id",
    "id",
    "EventRecordID",
    "winlog.event_data.EventID"
  };

  private static final String[] OTHER_NAMES = {
    "Hostname",
    "Computer",
    "computer_name",
    "winlog.computer_name",
    "host.name",
    "Channel",
    "SourceName",
    "ProviderGuid",
    "UtcTime",
    "TimeCreated",
    "EventTime",
    "@timestamp",
    "time",
    "Image",
    "CommandLine",
    "process.command_line",
    "TargetFilename",
    "file.path",
    "User",
    "user.name",
    "user.identifier",
    "EventData",
    "event_data",
    "winlog",
    "winlog.event_data",
    "Event",
    "Event.EventData.Data",
    "EventData.Data",
    "Data",
    "@Name",
    "#text",
    "Message",
    "message",
    "RenderedDescription",
    "StringInserts",
    "Properties.Value",
    "Records",
    "Events",
    "Event.Events",
    "value",
    "hits.hits",
    "hits",
    "event.original",
    "_raw",
    "body",
    "_source",
    "event",
    "",
    ".",
    "winlog..event_data",
    "\u00e9",
    "x"
  };

  /** Event ids as JSON, of relevant kinds and of others. */
  private static final String[] EVENT_IDS = {
    "1",
    "3",
    "11",
    "4688",
    "5140",
    "5145",
    "4103",
    "4104",
    "1",
    "11",
    "\"1\"",
    "\"3\"",
    "\"11\"",
    "\"4688\"",
    "\"5145\"",
    "\"4104\"",
    "11.0",
    "\"11.0\"",
    "\" 11 \"",
    "\"\\t11\\n\"",
    "1.0",
    "0",
    "2",
    "5",
    "7",
    "10",
    "12",
    "13",
    "22",
    "111",
    "1111",
    "4624",
    "4663",
    "5156",
    "800",
    "600",
    "\"4624\"",
    "\"13\"",
    "{\"Value\":11}",
    "{\"#text\":\"13\"}"
  };

  /** What may be an event id, or look like one. */
  private static final String[] ODD_EVENT_IDS = {
    "\"4624\"",
    "\"13\"",
    "\"0\"",
    "011",
    "\"011\"",
    "0011",
    "\"0000000011\"",
    "\"00000000011\"",
    "1e1",
    "11e0",
    "1.1e1",
    "11.00",
    "\"11.00\"",
    "\"1e1\"",
    "-1",
    "-11",
    "\"-11\"",
    "+11",
    "\"+11\"",
    "11.5",
    ".0",
    "\".0\"",
    "\".0.0\"",
    "\"11.\"",
    "11.",
    "0x0b",
    "\"0x0b\"",
    "9999999999",
    "99999999999",
    "4294967307",
    "99999999999999999999999",
    "1e400",
    "\"\\u0031\\u0031\"",
    "\"1\\u0031\"",
    "\"\\u0661\\u0661\"",
    "\"\\u00a011\"",
    "\"\\u200311\"",
    "\"\"",
    "\" \"",
    "\"eleven\"",
    "\"11 12\"",
    "\"11,\"",
    "\"&quot;11\"",
    "\"1&amp;1\"",
    "null",
    "true",
    "false",
    "nul",
    "NaN",
    "{}",
    "[]",
    "[[]]",
    "{\"Value\":11}",
    "{\"Value\":\"4624\"}",
    "{\"#text\":1}",
    "{\"#text\":\"11\",\"#attributes\":{\"Qualifiers\":\"\"}}",
    "{\"Qualifiers\":0,\"#text\":13}",
    "{\"id\":4688}",
    "{\"Value\":null}",
    "{\"Value\":{\"Value\":1}}",
    "{\"x\":11}",
    "[11]",
    "[\"11\",1]",
    "[4624,11]",
    "[{\"Value\":11}]",
    "[null,11]",
    "[[11]]",
    "[[{\"#text\":[1]}]]",
    "{\"Value\":11,\"#text\":13}",
    "{\"#text\":13,\"Value\":11}"
  };

  private static final String[] VALUES = {
    "null",
    "true",
    "0",
    "-0",
    "445",
    "\"445\"",
    "1e999999",
    "-9223372036854775808",
    "99999999999999999999999999",
    "\"\"",
    "\" \"",
    "\"-\"",
    "{}",
    "[]",
    "[{}]",
    "[1,{}]",
    "[{},1]",
    "\"\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"a\\u0000b\"",
    "\"\\\\\\\\\"",
    "\"{\"",
    "\"[{}]\"",
    "\"{}\"",
    "\"<a/>\"",
    "\"{\\\"EventID\\\":11}\"",
    "\"<Event><System><EventID>1</EventID></System></Event>\"",
    "\"2026-03-04 05:06:07.089\"",
    "\"Microsoft-Windows-Sysmon\"",
    "\"Microsoft-Windows-Sysmon/Operational\"",
    "\"Microsoft-Windows-Security-Auditing\"",
    "\"Security\"",
    "\"host\"",
    "\"UtcTime: 2026-03-04 05:06:07.089\\r\\nImage: C:\\\\x.exe\\r\\nCommandLine: x\"",
    "[{\"@Name\":\"Image\",\"#text\":\"x\"},{\"Name\":\"User\",\"Value\":\"y\"}]",
    "[\"-\",\"2026-03-04 05:06:07.089\",\"x\"]"
  };

  private static final String[] WRAPPED_TEXTS = {
    "body",
    "message",
    "Message",
    "event.original",
    "event",
    "_raw",
    "raw",
    "log",
    "data",
    "record",
    "result",
    "payload",
    "winlog.xml",
    "xml",
    "other"
  };

  private static final String[] WRAPPERS = {
    "_source",
    "result",
    "record",
    "body",
    "data",
    "json",
    "DataItem",
    "event",
    "Event",
    "winlog",
    "EventData",
    "other"
  };

  private static final String[] LISTS = {
    "Records",
    "records",
    "Events.Event",
    "Events",
    "events",
    "value",
    "hits.hits",
    "body.records",
    "event.events",
    "other"
  };

  /** Bytes that mean something to a reader of JSON, of UTF-8, of lines or of kinds of files. */
  private static final byte[][] BYTES =
      bytes(
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "/",
          "\\u",
          "\\u0",
          "\\u00e",
          "\\ud800",
          "\\x",
          "\\\"",
          "\\\\",
          "\0",
          "\1",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "\u001a",
          "\u001b",
          "\u001e",
          "\u007f",
          " ",
          "\u00e9",
          "\u0800",
          "\ufeff",
          "\ud83d\ude00",
          "\u2028",
          "0",
          "1",
          "-",
          ".",
          "e",
          "E",
          "+",
          "null",
          "true",
          "n",
          "<",
          ">",
          "&",
          "&amp;",
          "'",
          "{}",
          "[]",
          "[{}",
          "{\"",
          "\":",
          "\",\"",
          "//",
          "/**/",
          "#",
          "\"EventID\":11,",
          "\"EventID\":\"4624\",",
          "{\"EventID\":1}",
          "<Event>",
          "\n{",
          "\n<",
          "\n[",
          "}\n{",
          "]}",
          "]}}");

  private static final byte[][] NOT_UTF_8 = {
    {(byte) 0x80},
    {(byte) 0xBF},
    {(byte) 0xC0},
    {(byte) 0xC0, (byte) 0x80},
    {(byte) 0xC2},
    {(byte) 0xE2, (byte) 0x82},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xF0, (byte) 0x9F},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xF8},
    {(byte) 0xFE},
    {(byte) 0xFF},
    {(byte) 0xFF, (byte) 0xFE}
  };

  private final SplittableRandom random;
  private final Supplier<byte[]> others;

  /**
   * Mutations that are drawn.
   *
   * @param others gives documents to make one of two
   */
  Mutations(SplittableRandom random, Supplier<byte[]> others) {
    this.random = random;
    this.others = others;
  }

  private static byte[][] bytes(String... texts) {
    return Arrays.stream(texts)
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  /** A document made of this one. */
  byte[] mutate(byte[] document) {
    byte[] mutated = document;
    int kind = random.nextInt(10);
    if (kind < 8) {
      JsonTree tree = tree(document);
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        tree = change(tree);
      }
      String text = random.nextInt(5) < 2 ? JsonStyle.plain(tree) : JsonStyle.any(tree, random);
      mutated = text.getBytes(StandardCharsets.UTF_8);
    }
    if (kind >= 7) {
      for (int i = 1 + random.nextInt(random.nextInt(8) == 0 ? 12 : 2); i > 0; i--) {
        mutated = damage(mutated);
      }
    }
    return mutated;
  }

  private static JsonTree tree(byte[] document) {
    JsonTree tree = JsonTree.read(new String(document, StandardCharsets.UTF_8)).value();
    return tree == null ? new JsonObject() : tree;
  }

  private static JsonTree json(String text) {
    JsonTree.Read read = JsonTree.read(text);
    // What is no JSON is written as it is.
    return read.isGood() && read.value() != null ? read.value() : new JsonWord(text);
  }

  private String any(String[] texts) {
    return texts[random.nextInt(texts.length)];
  }

  private JsonTree eventId() {
    return json(any(random.nextBoolean() ? EVENT_IDS : ODD_EVENT_IDS));
  }

  // ---- the tree

  private JsonTree change(JsonTree tree) {
    List<JsonObject> objects = new ArrayList<>();
    addObjects(tree, objects);
    if (objects.isEmpty()) {
      return new JsonObject().with("x", tree);
    }
    // The outer ones, where most of what matters stands, no less often than the many inner ones.
    JsonObject object = objects.get(random.nextBoolean() ? 0 : random.nextInt(objects.size()));
    List<Entry> entries = object.entries;
    int chosen = entries.isEmpty() ? -1 : random.nextInt(entries.size());
    switch (random.nextInt(20)) {
      case 0, 1 -> insert(object, any(EVENT_ID_NAMES), eventId());
      case 2, 3, 4 -> changeEventId(objects, entry -> entry.value = eventId());
      case 5, 6 -> changeEventId(objects, entry -> rename(entry, any(EVENT_ID_NAMES)));
      case 7 -> insert(object, any(OTHER_NAMES), json(any(VALUES)));
      case 8 -> {
        if (chosen >= 0) {
          Entry entry = entries.get(chosen);
          insert(object, entry.name, random.nextBoolean() ? entry.value : json(any(VALUES)));
        }
      }
      case 9 -> {
        if (chosen >= 0) {
          entries.remove(chosen);
        }
      }
      case 10 -> shuffle(entries);
      case 11 -> {
        if (chosen >= 0) {
          Entry entry = entries.get(chosen);
          rename(entry, any(random.nextBoolean() ? OTHER_NAMES : EVENT_ID_NAMES));
        }
      }
      case 12 -> {
        if (chosen >= 0) {
          entries.get(chosen).value = json(any(VALUES));
        }
      }
      case 13 -> {
        if (chosen >= 0) {
          Entry entry = entries.get(chosen);
          entry.value = odd(entry.value);
        }
      }
      case 14 -> {
        if (chosen >= 0) {
          parseOrWrite(entries.get(chosen));
        }
      }
      case 15 -> changeDots(object);
      case 16 -> nameItems(object);
      case 17 -> {
        JsonTree other = tree(others.get());
        if (other instanceof JsonObject with && !with.entries.isEmpty()) {
          Entry entry = with.entries.get(random.nextInt(with.entries.size()));
          insert(object, entry.name, entry.value);
        }
      }
      case 18 -> {
        return wrap(tree);
      }
      default -> {
        return wrapAsText(tree);
      }
    }
    return tree;
  }

  private static void addObjects(JsonTree tree, List<JsonObject> objects) {
    if (tree instanceof JsonObject object) {
      objects.add(object);
      object.entries.forEach(entry -> addObjects(entry.value, objects));
    } else if (tree instanceof JsonList list) {
      list.elements.forEach(element -> addObjects(element, objects));
    }
  }

  private interface EntryChange {
    void apply(Entry entry);
  }

  private static void changeEventId(List<JsonObject> objects, EntryChange change) {
    for (JsonObject object : objects) {
      for (Entry entry : object.entries) {
        String name = entry.name.substring(entry.name.lastIndexOf('.') + 1);
        if (List.of("EventID", "EventId", "event_id", "EventCode", "Id", "code", "eventID")
            .contains(name)) {
          change.apply(entry);
          return;
        }
      }
    }
  }

  /** Inserts an entry; where its name is a path, mostly as objects in objects. */
  private void insert(JsonObject object, String name, JsonTree value) {
    Entry entry = new Entry(name, value);
    if (random.nextBoolean()) {
      rename(entry, name);
    }
    object.entries.add(random.nextInt(object.entries.size() + 1), entry);
  }

  /** Gives an entry a name; where that is a path, at random as objects in objects. */
  private void rename(Entry entry, String path) {
    int dot = path.indexOf('.');
    if (dot < 0 || random.nextInt(3) == 0) {
      entry.name = path;
      return;
    }
    entry.name = path.substring(0, dot);
    Entry inner = new Entry("", entry.value);
    rename(inner, path.substring(dot + 1));
    JsonObject object = new JsonObject();
    object.entries.add(inner);
    entry.value = object;
  }

  private void shuffle(List<Entry> entries) {
    for (int i = entries.size() - 1; i > 0; i--) {
      Collections.swap(entries, i, random.nextInt(i + 1));
    }
  }

  /** A value that is deep, long, or in a list. */
  private JsonTree odd(JsonTree value) {
    return switch (random.nextInt(8)) {
      case 0 -> {
        JsonTree deep = value;
        for (int i = random.nextInt(random.nextInt(4) == 0 ? 230 : 12); i >= 0; i--) {
          deep =
              random.nextBoolean()
                  ? new JsonList().with(deep)
                  : new JsonObject().with(any(OTHER_NAMES), deep);
        }
        yield deep;
      }
      case 1 -> {
        int length = random.nextInt(random.nextInt(40) == 0 ? 200_000 : 3_000);
        yield new JsonText(any(new String[] {"a", "\\", "\"", "\u00fc", "{", " "}).repeat(length));
      }
      case 2 -> new JsonWord("1".repeat(995 + random.nextInt(10)));
      case 3 -> new JsonList().with(value).with(json(any(VALUES)));
      case 4 -> new JsonList().with(json(any(VALUES))).with(value);
      case 5 -> new JsonObject().with(any(OTHER_NAMES), value);
      case 6 -> new JsonText(JsonStyle.plain(value));
      default ->
          value instanceof JsonText text ? new JsonText(text.text + any(VALUES)) : new JsonObject();
    };
  }

  /** Makes a text of an object, or what a text holds of the text; a word of a text, or back. */
  private void parseOrWrite(Entry entry) {
    if (entry.value instanceof JsonText text) {
      entry.value = json(text.text);
    } else {
      entry.value = new JsonText(JsonStyle.any(entry.value, random));
    }
  }

  /** Joins the names of objects in objects by dots, or parts a name at its dots. */
  private void changeDots(JsonObject object) {
    List<Entry> changed = new ArrayList<>();
    for (Entry entry : object.entries) {
      if (entry.value instanceof JsonObject inner && random.nextInt(3) > 0) {
        inner.entries.forEach(
            below -> changed.add(new Entry(entry.name + "." + below.name, below.value)));
      } else {
        if (entry.name.indexOf('.') > 0) {
          rename(entry, entry.name);
        }
        changed.add(entry);
      }
    }
    object.entries.clear();
    object.entries.addAll(changed);
  }

  /** Makes of the fields of an object a list of named items in it. */
  private void nameItems(JsonObject object) {
    JsonList items = new JsonList();
    String name = any(new String[] {"@Name", "Name", "name", "#attributes.Name", "@name"});
    String text = any(new String[] {"#text", "Value", "value", "text", "content"});
    for (Entry entry : List.copyOf(object.entries)) {
      if (random.nextInt(4) > 0 && !(entry.value instanceof JsonObject)) {
        object.entries.remove(entry);
        JsonObject item = new JsonObject();
        insert(item, name, new JsonText(entry.name));
        insert(item, text, entry.value);
        items.with(item);
      }
    }
    insert(object, any(new String[] {"Data", "data", "EventData.Data", "event_data.Data"}), items);
  }

  private JsonTree wrap(JsonTree tree) {
    JsonObject wrapper = new JsonObject();
    if (random.nextInt(3) > 0) {
      insert(wrapper, any(WRAPPERS), tree);
      return wrapper;
    }
    JsonList list = new JsonList();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      list.with(
          switch (random.nextInt(6)) {
            case 0 -> json(any(VALUES));
            case 1 -> tree(others.get());
            case 2 -> new JsonObject().with("_source", tree);
            default -> tree;
          });
    }
    if (random.nextInt(8) == 0) {
      return list;
    }
    insert(wrapper, any(LISTS), list);
    if (random.nextInt(3) == 0) {
      insert(wrapper, any(random.nextBoolean() ? LISTS : OTHER_NAMES), json(any(VALUES)));
    }
    return wrapper;
  }

  private JsonTree wrapAsText(JsonTree tree) {
    JsonObject wrapper = new JsonObject();
    String text = random.nextBoolean() ? JsonStyle.plain(tree) : JsonStyle.any(tree, random);
    if (random.nextInt(6) == 0) {
      text = new String(damage(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
    if (random.nextInt(8) == 0) {
      text = (random.nextBoolean() ? "[" : "") + text + any(new String[] {"]", " {}", "\n", ","});
    }
    insert(wrapper, any(WRAPPED_TEXTS), new JsonText(text));
    if (random.nextInt(3) == 0) {
      insert(wrapper, any(WRAPPED_TEXTS), json(any(VALUES)));
    }
    return wrapper;
  }

  // ---- the bytes

  private byte[] damage(byte[] document) {
    int length = document.length;
    int at = random.nextInt(length + 1);
    // Damage at the ends is what is met.
    if (random.nextInt(8) == 0) {
      at = Math.min(length, random.nextInt(4));
    } else if (random.nextInt(8) == 0) {
      at = Math.max(0, length - random.nextInt(4));
    }
    int to = Math.min(length, at + 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 2));
    return switch (random.nextInt(10)) {
      case 0, 1 -> {
        byte[] flipped = document.clone();
        if (at < length) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
      case 2 -> joined(document, at, new byte[0], to);
      case 3, 4 -> joined(document, at, BYTES[random.nextInt(BYTES.length)], at);
      case 5 -> joined(document, at, BYTES[random.nextInt(BYTES.length)], to);
      case 6 -> joined(document, at, NOT_UTF_8[random.nextInt(NOT_UTF_8.length)], at);
      case 7 ->
          random.nextInt(3) == 0
              ? Arrays.copyOfRange(document, at, length)
              : Arrays.copyOf(document, at);
      case 8 -> {
        byte[] other = others.get();
        int from = random.nextInt(other.length + 1);
        yield joined(document, at, Arrays.copyOfRange(other, from, other.length), length);
      }
      default -> joined(document, at, Arrays.copyOfRange(document, at, to), at);
    };
  }

  /** The document up to a place, then these bytes, then the document from another place on. */
  private static byte[] joined(byte[] document, int to, byte[] bytes, int from) {
    byte[] joined = Arrays.copyOf(document, to + bytes.length + document.length - from);
    System.arraycopy(bytes, 0, joined, to, bytes.length);
    System.arraycopy(document, from, joined, to + bytes.length, document.length - from);
    return joined;
  }
}
