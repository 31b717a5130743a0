/** What a hunt costs, on ordinary and on hostile telemetry. */
@NullMarked
package io.stagehound.benchmarks;

import org.jspecify.annotations.NullMarked;
