package dev.sluice.router.dispatch;

import java.util.List;
import java.util.Optional;

/**
 * How the queries of one actor that name no version are divided over its versions.
 *
 * @param shares the version that people mean by the actor's name first; none where the actor is not served any more
 * @param copies a version that gets copies of queries
 * @param routers over how many routers the queries are spread before that
 * @param outgoing a version that served well before these, and has what they cannot take yet
 */
public record Traffic(List<Share> shares, Optional<Copies> copies, int routers, Optional<String> outgoing) {

    /** Of an actor that is not served any more. */
    public static final Traffic NONE = new Traffic(List.of(), Optional.empty(), 1);

    public Traffic {
        shares = List.copyOf(shares);
    }

    public Traffic(List<Share> shares, Optional<Copies> copies, int routers) {
        this(shares, copies, routers, Optional.empty());
    }

    /** Whether this version is to have replicas; the outgoing one is not. */
    boolean isOf(String version) {
        return shares.stream().anyMatch(share -> share.version().equals(version))
                || copies.filter(to -> to.version().equals(version)).isPresent();
    }

    /** Of an actor that has one router. */
    public Traffic(List<Share> shares, Optional<Copies> copies) {
        this(shares, copies, 1);
    }

    /**
     * @param version of the actor
     * @param percent of the queries
     * @param replicas that it takes to serve so many; 0 where that is not known
     */
    public record Share(String version, int percent, int replicas) {

        public Share(String version, int percent) {
            this(version, percent, 0);
        }
    }

    /**
     * @param version of the actor
     * @param percent of the queries that are copied
     */
    public record Copies(String version, int percent) {}
}
