/** A Windows record, normalised: the one shape that every later stage sees. */
@NullMarked
package io.stagehound.event;

import org.jspecify.annotations.NullMarked;
