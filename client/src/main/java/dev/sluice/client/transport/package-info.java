/** What the client asks of the protocol that it speaks, and how. */
@NullMarked
package dev.sluice.client.transport;

import org.jspecify.annotations.NullMarked;
