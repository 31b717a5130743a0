/** Findings on one event beyond the five indicators. */
@NullMarked
package io.stagehound.signal;

import org.jspecify.annotations.NullMarked;
