/** The graph: its one {@code build} method and the operators that it wires. */
@NullMarked
package io.stagehound.topology;

import org.jspecify.annotations.NullMarked;
