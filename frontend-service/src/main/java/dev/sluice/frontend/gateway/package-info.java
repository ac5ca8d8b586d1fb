/** The way to the routers: links, rendezvous, fail-over, and the ledger of all queries. */
@NullMarked
package dev.sluice.frontend.gateway;

import org.jspecify.annotations.NullMarked;
