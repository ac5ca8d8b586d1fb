package dev.sluice.frontend.page;

import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Asks routers what they see. */
@FunctionalInterface
interface Overviews {

    /**
     * The router's moment. Fails with {@link RouterSilent} where it does not tell, and never takes longer than it may.
     *
     * @param after of the router's events, those with larger numbers
     */
    Mono<ObjectNode> of(InetSocketAddress router, long after);

    /** A router did not tell what it sees. */
    final class RouterSilent extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String why;

        RouterSilent(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        /** A sentence for people. */
        String why() {
            return why;
        }
    }
}
