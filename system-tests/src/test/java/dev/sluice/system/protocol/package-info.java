/** Each protocol against the rules that its clients count on, on running processes. */
@NullMarked
package dev.sluice.system.protocol;

import org.jspecify.annotations.NullMarked;
