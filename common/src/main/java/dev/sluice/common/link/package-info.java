/** Long-lived, full-duplex exchanges of frames between two processes. */
@NullMarked
package dev.sluice.common.link;

import org.jspecify.annotations.NullMarked;
