package io.stagehound.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The places below one in the {@link FieldTable}, by their names in UTF-8. Never changes. */
final class NameTable {

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private static final int SLOTS_FOR_EACH = 8;

  // A name stands at the slot that its hash says, or behind it up to the first that is empty. The
  // hashes lie together, and tell nearly all names apart.
  private final int[] hashes;
  private final byte[] @Nullable [] names;
  private final @Nullable FieldNode[] nodes;

  NameTable(Map<String, FieldNode> children) {
    int slots = Integer.highestOneBit(children.size() + 1) * SLOTS_FOR_EACH;
    hashes = new int[slots];
    names = new byte[slots][];
    nodes = new FieldNode[slots];
    children.forEach(
        (text, node) -> {
          byte[] name = text.getBytes(StandardCharsets.UTF_8);
          int hash = hash(name, 0, name.length);
          int slot = slot(hash);
          while (nodes[slot] != null) {
            slot = slot(slot + 1);
          }
          hashes[slot] = hash;
          names[slot] = name;
          nodes[slot] = node;
        });
  }

  /** The place with this name; null when there is none. */
  @Nullable FieldNode get(byte[] bytes, int from, int to) {
    int hash = hash(bytes, from, to);
    int slot = slot(hash);
    while (hashes[slot] != 0) {
      if (hashes[slot] == hash) {
        byte[] name = names[slot];
        if (name != null && Arrays.equals(name, 0, name.length, bytes, from, to)) {
          return nodes[slot];
        }
      }
      slot = slot(slot + 1);
    }
    return null;
  }

  private int slot(int hash) {
    return hash & (nodes.length - 1);
  }

  /** Never 0. By the length, and by the first and the last eight bytes, which tell names apart. */
  private static int hash(byte[] bytes, int from, int to) {
    int length = to - from;
    long hash = length;
    if (length >= Long.BYTES) {
      hash = (hash ^ EightBytes.at(bytes, from)) * FACTOR ^ EightBytes.at(bytes, to - Long.BYTES);
    } else {
      for (int at = from; at < to; at++) {
        hash = hash << Byte.SIZE ^ bytes[at];
      }
    }
    return (int) ((hash * FACTOR) >>> Integer.SIZE) | Integer.MIN_VALUE;
  }
}
