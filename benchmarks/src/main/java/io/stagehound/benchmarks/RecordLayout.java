package io.stagehound.benchmarks;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The bytes of a kind of record with its keys in one order, and between them the slots. */
final class RecordLayout {

  private static final Pattern SLOT = Pattern.compile("\\$([A-Z_]+)\\$");

  private final List<byte[]> literals = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();

  /**
   * A layout of this kind. Collectors write keys as a hash table has them: in any order, and what
   * tells the kind somewhere in the middle.
   */
  RecordLayout(RecordKind kind, Random random) {
    Map<String, String> fields = kind.fields();
    List<String> names = new ArrayList<>(fields.keySet());
    names.remove("EventID");
    Collections.shuffle(names, random);
    names.add(names.size() / 3 + random.nextInt(names.size() / 3), "EventID");
    String line =
        names.stream()
            .map(name -> '"' + name + "\":" + fields.get(name))
            .collect(Collectors.joining(",", "{", "}\n"));
    Matcher slot = SLOT.matcher(line);
    int from = 0;
    while (slot.find()) {
      literals.add(line.substring(from, slot.start()).getBytes(StandardCharsets.UTF_8));
      slots.add(Slot.valueOf(slot.group(1)));
      from = slot.end();
    }
    literals.add(line.substring(from).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a record.
   *
   * @param values of each slot, already escaped
   */
  void write(Map<Slot, byte[]> values, OutputStream out) throws IOException {
    for (int i = 0; i < slots.size(); i++) {
      out.write(literals.get(i));
      out.write(Objects.requireNonNull(values.get(slots.get(i))));
    }
    out.write(literals.get(slots.size()));
  }

  /** A text as it stands between the quotes of a JSON string. */
  static String escaped(String text) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
