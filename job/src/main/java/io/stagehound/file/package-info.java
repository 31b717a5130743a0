/** The ends of a backfill: files in, files out. */
@NullMarked
package io.stagehound.file;

import org.jspecify.annotations.NullMarked;
