package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.concurrent.Absences;
import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkHandler;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.link.LinkedPeers;
import dev.sluice.common.membership.CatalogueContent;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routers that are linked, and what actors they have said there are. Thread-safe. */
public final class Routers implements LinkHandler, LinkedPeers {

    private static final Logger log = LoggerFactory.getLogger(Routers.class);

    private final CopyOnWriteArrayList<RouterLink> open = new CopyOnWriteArrayList<>();
    /** By router, the one that spoke last at the end. Guarded by itself. */
    private final Map<String, CatalogueContent> catalogues = new LinkedHashMap<>();

    private final Consumer<ActorDescriptor> announced;
    private final RetryBudget retries = new RetryBudget();

    private volatile Map<String, ActorDescriptor> actors = Map.of();
    private volatile Map<String, Integer> spread = Map.of();

    /** By actor: with one for all, callers of two in turn would send all queries of each to one router. */
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

    private final CountDownLatch firstCatalogue = new CountDownLatch(1);

    /** @param announced told of every actor of every catalogue */
    public Routers(Consumer<ActorDescriptor> announced) {
        this.announced = announced;
    }

    @Override
    public LinkReceiver opened(Link link) {
        RouterLink router = new RouterLink(link, this);
        open.add(router);
        log.info("Linked with the router {}.", link);
        return router;
    }

    void lost(RouterLink router, String reason) {
        open.remove(router);
        if (router.isDraining() && router.inFlight() == 0) {
            log.info("The router {} has left.", router);
        } else {
            log.warn("Lost the router {} with {} queries in its hands: {}.", router, router.inFlight(), reason);
        }
    }

    /** What a router said before stays for a while when it is away: its actors are still published. */
    void catalogue(RouterLink from, CatalogueContent content) {
        synchronized (catalogues) {
            catalogues.remove(from.nodeId());
            catalogues.put(from.nodeId(), content);
            publish();
            spread = content.spread();
        }
        content.actors().forEach(announced);
        if (firstCatalogue.getCount() > 0) {
            firstCatalogue.countDown();
            log.info(
                    "Got the first catalogue, of {} actors, from the router {}.",
                    content.actors().size(),
                    from);
        }
    }

    /** Whether a router has said which actors there are. */
    public boolean ready() {
        return firstCatalogue.getCount() == 0;
    }

    /**
     * Forgets what routers said that have been away for long, where another one is here to say it. To be called once in a while, by one
     * thread.
     */
    void forgetAway(Absences<String> absences) {
        synchronized (catalogues) {
            boolean others = !open.isEmpty();
            List<String> away = absences.look(List.copyOf(catalogues.keySet()), node -> !others || isLinked(node));
            if (!away.isEmpty()) {
                away.forEach(catalogues::remove);
                publish();
            }
        }
    }

    private boolean isLinked(String node) {
        return open.stream().anyMatch(router -> router.nodeId().equals(node));
    }

    /** The latest word on an actor counts. */
    private void publish() {
        Map<String, ActorDescriptor> all = new HashMap<>();
        catalogues.values().forEach(each -> each.actors().forEach(actor -> all.put(actor.name(), actor)));
        actors = Map.copyOf(all);
    }

    /** As {@link #ready}, after this time at most. */
    public boolean awaitReady(Duration most) throws InterruptedException {
        return firstCatalogue.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    public int linked() {
        return open.size();
    }

    @Override
    public List<Link> links() {
        return open.stream().map(RouterLink::link).toList();
    }

    /** How often they may be asked for what one of them did not give. */
    RetryBudget retries() {
        return retries;
    }

    /** The retries that are saved up. */
    public double retriesSaved() {
        return retries.saved();
    }

    @Nullable ActorDescriptor actor(String name) {
        return actors.get(name);
    }

    /** Those that are published, by name. */
    public List<ActorDescriptor> actors() {
        return actors.values().stream()
                .sorted(Comparator.comparing(ActorDescriptor::name))
                .toList();
    }

    private int turn(String actor) {
        return turns.computeIfAbsent(actor, first -> new AtomicInteger()).getAndIncrement();
    }

    /** The router for the actor's queries, other than those given up on; null where there is none. */
    @Nullable RouterLink choose(String actor, Collection<RouterLink> givenUpOn) {
        int among = spread.getOrDefault(actor, 1);
        return among == 1
                ? RouterChoice.choose(actor, open, givenUpOn)
                : RouterChoice.choose(actor, open, givenUpOn, Math.floorMod(turn(actor), among));
    }
}
