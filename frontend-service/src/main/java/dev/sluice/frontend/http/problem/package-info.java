/** How errors look over HTTP: RFC 9457 problem details, the same for a query's failure and for a request that Spring refuses. */
@NullMarked
package dev.sluice.frontend.http.problem;

import org.jspecify.annotations.NullMarked;
