package dev.sluice.router.dispatch;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkHandler;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.link.LinkedPeers;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All links of this router: who is linked, with what in flight, and whose lease is renewed. Thread-safe. */
public final class RouterLinks implements LinkHandler, LinkedPeers {

    private static final Logger log = LoggerFactory.getLogger(RouterLinks.class);

    /** Copies may hold such a part of what queries may, beside that: a slow version that gets copies lets no query be refused. */
    private static final int PART_FOR_COPIES = 16;

    private final ActorDirectory actors;
    private final RetainedBytes retained;
    private final RetainedBytes copies;
    private final LongSupplier clock;
    private final CatalogueFeed catalogue;
    private final Map<Link, QuerySource> sources = new ConcurrentHashMap<>();
    private final Map<Link, HostSession> hosts = new ConcurrentHashMap<>();
    private final Stage stage;
    private final Spans spans;

    /**
     * @param maxRetainedBytes what all queries in this router may hold together; their copies a sixteenth beside that
     * @param clock monotonic, in nanoseconds
     */
    public RouterLinks(ActorDirectory actors, long maxRetainedBytes, LongSupplier clock) {
        this(actors, maxRetainedBytes, clock, Spans.NONE);
    }

    /**
     * As the other.
     *
     * @param spans what is recorded of queries
     */
    public RouterLinks(ActorDirectory actors, long maxRetainedBytes, LongSupplier clock, Spans spans) {
        this.spans = spans;
        this.actors = actors;
        this.retained = new RetainedBytes(maxRetainedBytes);
        this.copies = new RetainedBytes(maxRetainedBytes / PART_FOR_COPIES);
        this.clock = clock;
        this.catalogue = new CatalogueFeed(actors);
        this.stage = new Stage(clock);
    }

    @Override
    public LinkReceiver opened(Link link) {
        replaceOlder(link);
        QuerySource source = new QuerySource(link, actors, retained, copies, stage, spans);
        sources.put(link, source);
        log.info("Linked with the {} {}.", role(link), link);
        if (stage.isDraining()) {
            link.send(new Frame.Drain());
        }
        LinkReceiver receiver = source;
        if (link.peer().role() == Role.HOST) {
            HostSession host = new HostSession(new HostLink(link), actors, source, catalogue::changed, clock);
            hosts.put(link, host);
            receiver = host;
        } else if (link.peer().role() == Role.FRONTEND) {
            catalogue.add(link);
        }
        return new Forgetting(link, receiver);
    }

    /** A new incarnation of a node, or a second link of the same: the older link is dead and does not know it yet. */
    private void replaceOlder(Link link) {
        for (Link other : sources.keySet()) {
            if (other.peer().role() == link.peer().role()
                    && other.peer().nodeId().equals(link.peer().nodeId())) {
                other.close("the same node linked again");
            }
        }
    }

    /** A lease has passed since the start: every host that lives has announced itself. */
    public void catalogueIsComplete() {
        catalogue.complete();
    }

    /** What is published may have changed: frontends are told. */
    public void publish() {
        catalogue.changed();
    }

    public boolean isComplete() {
        return catalogue.isComplete();
    }

    /** Gives up hosts whose last renewal is longer ago than this. */
    public void giveUpHostsSilentFor(long nanos) {
        long now = clock.getAsLong();
        for (HostSession host : hosts.values()) {
            if (host.sinceAnnouncedNanos(now) >= nanos) {
                host.host().link().close("the host did not renew its lease");
            }
        }
    }

    /** Tries replicas again that have been busy for other routers for long. */
    public void retryBusyReplicas() {
        for (ActorDispatcher dispatcher : actors.all()) {
            dispatcher.shard().execute(dispatcher::retryBusyReplicas);
        }
    }

    /** Forgets versions of actors that are long gone. */
    public void forgetGone() {
        Set<VersionKey> hosted = linkedHosts().stream()
                .flatMap(host -> host.announcement().replicas().stream())
                .map(replica -> new VersionKey(replica.actor(), replica.version()))
                .collect(Collectors.toSet());
        actors.forgetGone(hosted);
    }

    /** Tells all peers that this router takes no new work soon. */
    public void drain() {
        stage.drain();
        sources.keySet().forEach(link -> link.send(new Frame.Drain()));
    }

    /** Calls that begin in this router, within what all queries may hold together. */
    public ActorCalls calls() {
        return new ActorCalls(actors, retained, copies, clock);
    }

    /** How many peers of this role are linked. */
    public long linked(Role role) {
        return sources.keySet().stream()
                .filter(link -> link.peer().role() == role)
                .count();
    }

    @Override
    public Set<Link> links() {
        return Set.copyOf(sources.keySet());
    }

    /** Those that hosts say they are linked with, this one included. */
    @Override
    public Set<String> namedRouters() {
        return linkedHosts().stream()
                .flatMap(host -> host.announcement().placing().stream())
                .flatMap(placing -> placing.routers().stream())
                .collect(Collectors.toSet());
    }

    public int inFlight() {
        int inFlight = 0;
        for (QuerySource source : sources.values()) {
            inFlight += source.inFlight();
        }
        return inFlight;
    }

    /** Whether nothing is in flight, and every outcome has been given to its connection. */
    public boolean isIdle() {
        return inFlight() == 0 && sources.keySet().stream().allMatch(Link::isFlushed);
    }

    public long retainedBytes() {
        return retained.held() + copies.held();
    }

    public void closeAll(String reason) {
        sources.keySet().forEach(link -> link.close(reason));
    }

    /** Those that have announced themselves, in no order. */
    public List<LinkedHost> linkedHosts() {
        List<LinkedHost> linked = new ArrayList<>();
        for (HostSession host : hosts.values()) {
            Announcement said = host.announcement();
            if (said != null) {
                linked.add(new LinkedHost(host.host().link(), said));
            }
        }
        return linked;
    }

    Collection<HostSession> hosts() {
        return hosts.values();
    }

    private static String role(Link link) {
        return link.peer().role().name().toLowerCase(Locale.ROOT);
    }

    private final class Forgetting implements LinkReceiver {
        private final Link link;
        private final LinkReceiver to;

        Forgetting(Link link, LinkReceiver to) {
            this.link = link;
            this.to = to;
        }

        @Override
        public void received(Frame frame) {
            to.received(frame);
        }

        @Override
        public void closed(String reason) {
            sources.remove(link);
            hosts.remove(link);
            catalogue.remove(link);
            // Of a host, its session says more.
            if (link.peer().role() != Role.HOST) {
                log.info("The link with the {} {} ended: {}.", role(link), link, reason);
            }
            to.closed(reason);
        }

        @Override
        public String toString() {
            return "receiver of " + link;
        }
    }
}
