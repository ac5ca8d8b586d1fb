/** What the processes wrote: logs. */
@NullMarked
package dev.sluice.cli.logs;

import org.jspecify.annotations.NullMarked;
