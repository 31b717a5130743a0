/** What commands copy, from where to where, and which drives they map. */
@NullMarked
package io.stagehound.commandline;

import org.jspecify.annotations.NullMarked;
