/** Detections in the roles that patterns give them. */
@NullMarked
package io.stagehound.step;

import org.jspecify.annotations.NullMarked;
