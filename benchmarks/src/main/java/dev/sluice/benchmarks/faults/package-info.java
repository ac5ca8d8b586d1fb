/** What callers notice while processes die, freeze or restart, and networks, disks and clocks fail. */
@NullMarked
package dev.sluice.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
