/** What the fleet does under load when versions, hosts, routers and the load itself change. */
@NullMarked
package dev.sluice.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
