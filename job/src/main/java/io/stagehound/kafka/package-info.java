/** The ends of a live hunt: topics in, topics out. */
@NullMarked
package io.stagehound.kafka;

import org.jspecify.annotations.NullMarked;
