package io.stagehound.commandline;

import org.jspecify.annotations.Nullable;

/** How the arguments of a command that copies files are read. */
@FunctionalInterface
interface CopyGrammar {

  /**
   * What the statement copies; null when it copies nothing.
   *
   * @param upstream what the statement before it in a pipe passes on
   */
  @Nullable CopyEnds ends(Statement statement, Upstream upstream);
}
