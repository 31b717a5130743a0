/** What is remembered of one host between its events. */
@NullMarked
package io.stagehound.host;

import org.jspecify.annotations.NullMarked;
