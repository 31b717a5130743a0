/** Kafka and Flink as a live hunt meets them: a real broker, real processes, real kills. */
@NullMarked
package io.stagehound.cluster;

import org.jspecify.annotations.NullMarked;
