/** What a command line copies, from where to where. */
@NullMarked
package io.stagehound.commandline;

import org.jspecify.annotations.NullMarked;
