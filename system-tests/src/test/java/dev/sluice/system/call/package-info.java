/** What callers and operators do: single calls, load, callers who leave, and what the services say of themselves. */
@NullMarked
package dev.sluice.system.call;

import org.jspecify.annotations.NullMarked;
