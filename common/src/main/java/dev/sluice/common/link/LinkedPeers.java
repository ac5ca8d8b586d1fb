package dev.sluice.common.link;

import java.util.Collection;
import java.util.Set;

/** Who this process is linked with at the moment. Thread-safe. */
public interface LinkedPeers {

    /** The open links. */
    Collection<Link> links();

    /** The node ids of routers that are known by what peers say of them; this process may have no link with them. */
    default Set<String> namedRouters() {
        return Set.of();
    }
}
