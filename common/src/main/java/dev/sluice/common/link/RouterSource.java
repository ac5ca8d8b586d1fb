package dev.sluice.common.link;

import java.net.URI;
import java.util.Set;

/** Says where there are routers. Called by one thread at a time. */
@FunctionalInterface
public interface RouterSource {

    /**
     * Where routers accept links at the moment, each once: {@code http://host:port}. Where nobody can be asked it says what it
     * said last, since a link needs no directory to go on. May block.
     */
    Set<URI> routers();
}
