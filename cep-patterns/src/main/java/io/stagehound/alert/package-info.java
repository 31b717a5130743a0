/** Matches folded into the alerts that an analyst reads. */
@NullMarked
package io.stagehound.alert;

import org.jspecify.annotations.NullMarked;
