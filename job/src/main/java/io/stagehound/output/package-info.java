/** Detections and alerts as the lines that other programs read. */
@NullMarked
package io.stagehound.output;

import org.jspecify.annotations.NullMarked;
