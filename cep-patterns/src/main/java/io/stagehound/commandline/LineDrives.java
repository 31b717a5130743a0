package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;

/** The drives and folders that one line maps, as it is followed. */
final class LineDrives {

  private MappedDrives now = MappedDrives.NONE;
  private final List<DriveMapping> mappings = new ArrayList<>();

  /** Maps or unmaps a drive or folder; more than a host can remember are not told. */
  void add(DriveMapping mapping) {
    now = now.plus(mapping, null, 0);
    if (mappings.size() < MappedDrives.MOST) {
      mappings.add(mapping);
    }
  }

  /** The place that a path leads to: itself where no drive or folder is mapped to another. */
  String place(String path) {
    String place = now.place(path, null, Long.MAX_VALUE);
    return place == null ? path : place;
  }

  /** What was mapped and unmapped, in order. */
  List<DriveMapping> mappings() {
    return List.copyOf(mappings);
  }
}
