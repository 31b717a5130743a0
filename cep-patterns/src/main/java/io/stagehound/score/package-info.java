/** The published score: five indicators of one event, their sum and the detection type. */
@NullMarked
package io.stagehound.score;

import org.jspecify.annotations.NullMarked;
