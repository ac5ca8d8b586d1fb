package dev.sluice.frontend.page;

import dev.sluice.common.link.Link;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The routers that are linked, and for a while those that were: one that is down is to be seen as that, and not to be missed. Not
 * thread-safe.
 */
final class KnownRouters {

    /** So many looks one is remembered that is not linked any more. */
    private static final int REMEMBERED = 600;

    private final Supplier<? extends Collection<Link>> links;
    private final Map<String, Known> byNode = new TreeMap<>();

    /**
     * @param address where it accepts links, and is asked
     * @param missed looks at which it was not linked; 0 where it is
     */
    record Known(String node, InetSocketAddress address, int missed) {

        boolean linked() {
            return missed == 0;
        }

        private Known missedOnceMore() {
            return new Known(node, address, missed + 1);
        }
    }

    /** @param links the open ones, all of them with routers */
    KnownRouters(Supplier<? extends Collection<Link>> links) {
        this.links = links;
    }

    /** By node id. */
    List<Known> look() {
        byNode.replaceAll((node, known) -> known.missedOnceMore());
        for (Link link : links.get()) {
            String node = link.peer().nodeId();
            byNode.put(node, new Known(node, link.peerAddress(), 0));
        }
        for (Iterator<Known> all = byNode.values().iterator(); all.hasNext(); ) {
            if (all.next().missed() > REMEMBERED) {
                all.remove();
            }
        }
        return List.copyOf(byNode.values());
    }
}
