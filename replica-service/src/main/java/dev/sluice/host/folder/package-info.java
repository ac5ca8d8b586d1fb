/** What kinds of actors that lie in folders have in common. */
@NullMarked
package dev.sluice.host.folder;

import org.jspecify.annotations.NullMarked;
