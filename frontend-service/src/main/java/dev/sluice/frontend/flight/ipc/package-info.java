/** Arrow's messages as bytes: their heads, and the stream that they are on. Columns stay as they are; nothing here reads them. */
@NullMarked
package dev.sluice.frontend.flight.ipc;

import org.jspecify.annotations.NullMarked;
