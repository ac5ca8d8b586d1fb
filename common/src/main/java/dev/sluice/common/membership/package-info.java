/** What processes tell each other of themselves: hosts announce, routers publish a catalogue. */
@NullMarked
package dev.sluice.common.membership;

import org.jspecify.annotations.NullMarked;
