/** Bytes in, events and dead letters out: every record shape, one table, one pass. */
@NullMarked
package io.stagehound.decode;

import org.jspecify.annotations.NullMarked;
