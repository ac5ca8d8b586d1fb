/** Queries with several results: as server-sent events, or collected into one array. */
@NullMarked
package dev.sluice.frontend.http.stream;

import org.jspecify.annotations.NullMarked;
