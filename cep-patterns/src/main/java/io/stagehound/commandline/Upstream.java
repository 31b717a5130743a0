package io.stagehound.commandline;

import java.util.List;

/**
 * What a statement passes on through a pipe.
 *
 * @param paths the files and folders that it names
 * @param content whether what is in them is passed on, and not they themselves
 */
record Upstream(List<String> paths, boolean content) {

  /** Of a statement that no pipe feeds. */
  static final Upstream NONE = new Upstream(List.of(), false);
}
