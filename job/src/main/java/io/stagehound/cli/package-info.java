/** The command line. */
@NullMarked
package io.stagehound.cli;

import org.jspecify.annotations.NullMarked;
