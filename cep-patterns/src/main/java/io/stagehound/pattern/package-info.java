/** Ordered multi-step correlations, as {@code flink-cep} patterns. */
@NullMarked
package io.stagehound.pattern;

import org.jspecify.annotations.NullMarked;
