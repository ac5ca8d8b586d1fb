/**
 * The native HTTP protocol. Queries ({@code POST}) are served by Reactor Netty's own request and response, below
 * Spring's exchange: at a no-op's speed the exchange would cost more than the query. Everything else is Spring WebFlux.
 */
@NullMarked
package dev.sluice.frontend.http;

import org.jspecify.annotations.NullMarked;
