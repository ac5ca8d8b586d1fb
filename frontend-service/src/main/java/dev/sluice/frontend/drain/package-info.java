/** How a frontend stops: readiness falls first, connections are told to close, open streams end with a last event. */
@NullMarked
package dev.sluice.frontend.drain;

import org.jspecify.annotations.NullMarked;
