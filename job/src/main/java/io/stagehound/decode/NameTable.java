package io.stagehound.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The places below one in the {@link FieldTable}, by their names in UTF-8. Never changes. */
final class NameTable {

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  // A name stands at the slot of its hash, or behind it up to the first that is empty.
  private final byte[] @Nullable [] names;
  private final @Nullable FieldNode[] nodes;

  NameTable(Map<String, FieldNode> children) {
    int slots = Math.max(2, Integer.highestOneBit(children.size()) << 2);
    names = new byte[slots][];
    nodes = new FieldNode[slots];
    children.forEach(
        (text, node) -> {
          byte[] name = text.getBytes(StandardCharsets.UTF_8);
          int slot = slot(name, 0, name.length);
          while (nodes[slot] != null) {
            slot = next(slot);
          }
          names[slot] = name;
          nodes[slot] = node;
        });
  }

  /** The place with this name; null when there is none. */
  @Nullable FieldNode get(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    for (byte[] name = names[slot]; name != null; name = names[slot]) {
      if (name.length == to - from && Arrays.equals(name, 0, name.length, bytes, from, to)) {
        return nodes[slot];
      }
      slot = next(slot);
    }
    return null;
  }

  private int next(int slot) {
    return (slot + 1) & (nodes.length - 1);
  }

  /** By the length, and by the first and the last eight bytes, which tell names apart. */
  private int slot(byte[] bytes, int from, int to) {
    int length = to - from;
    long hash = length;
    if (length >= Long.BYTES) {
      hash =
          (hash ^ Swar.eightBytes(bytes, from)) * FACTOR ^ Swar.eightBytes(bytes, to - Long.BYTES);
    } else {
      for (int at = from; at < to; at++) {
        hash = hash << Byte.SIZE ^ bytes[at];
      }
    }
    hash *= FACTOR;
    return (int) (hash >>> Integer.SIZE) & (nodes.length - 1);
  }
}
