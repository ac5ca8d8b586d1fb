/** Calls actors of Sluice from Java: see {@link dev.sluice.client.SluiceClient}. */
@NullMarked
package dev.sluice.client;

import org.jspecify.annotations.NullMarked;
