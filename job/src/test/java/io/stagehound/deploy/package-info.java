/** What {@code deploy/} says is true of Flink, of Kafka and of the job. */
@NullMarked
package io.stagehound.deploy;

import org.jspecify.annotations.NullMarked;
