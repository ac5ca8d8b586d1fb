/** The {@code sql} bench: many queries in one run against one by one, and against the database alone. */
@NullMarked
package dev.sluice.benchmarks.sql;

import org.jspecify.annotations.NullMarked;
