package io.stagehound.commandline;

/**
 * A word of a command, as the shell hands it on.
 *
 * @param text the word without the quotes and escapes that made it one
 * @param quoted whether any of it was in quotes
 * @param start where it begins in the text of the whole line, quotes included
 */
record Word(String text, boolean quoted, int start) {

  /** Whether it is an option of a tool that marks them with a slash. */
  boolean isSlashOption() {
    return !quoted && text.startsWith("/");
  }
}
