/** What operators see of a host's SQL files, in Micrometer. */
@NullMarked
package dev.sluice.host.sql.metrics;

import org.jspecify.annotations.NullMarked;
