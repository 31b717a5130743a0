/** What others see of a copy: the server that receives it, and the network. */
@NullMarked
package io.stagehound.receiver;

import org.jspecify.annotations.NullMarked;
