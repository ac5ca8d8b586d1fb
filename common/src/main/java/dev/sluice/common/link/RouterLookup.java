package dev.sluice.common.link;

import io.netty.util.NetUtil;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * Keeps a link to each router. Those who know of routers are asked again every third of a lease, so that routers may come and go.
 * A name stands for as many routers as it has addresses.
 */
public final class RouterLookup implements Disposable {

    private static final Logger log = LoggerFactory.getLogger(RouterLookup.class);

    private final Set<URI> fixed;
    private final List<RouterSource> sources;
    private final Function<URI, RouterConnection> connect;
    private final Scheduler scheduler;
    private final Duration period;
    private final Map<URI, RouterConnection> connections = new ConcurrentHashMap<>();
    private final Disposable.Swap task = Disposables.swap();
    private volatile boolean disposed;

    /** @param routers scheme, host and port of each, for instance {@code http://router:7000} */
    public RouterLookup(LinkContext context, List<URI> routers, LoopResources loops) {
        this(
                addresses(routers),
                names(routers, AddressLookup.system()),
                address -> new LinkConnector(context, address, loops),
                Schedulers.boundedElastic(),
                period(context));
    }

    /** @param routers knows of all of them */
    public RouterLookup(LinkContext context, RouterSource routers, LoopResources loops) {
        this(
                Set.of(),
                List.of(routers),
                address -> new LinkConnector(context, address, loops),
                Schedulers.boundedElastic(),
                period(context));
    }

    RouterLookup(
            Set<URI> fixed,
            List<RouterSource> sources,
            Function<URI, RouterConnection> connect,
            Scheduler scheduler,
            Duration period) {
        this.fixed = Set.copyOf(fixed);
        this.sources = List.copyOf(sources);
        this.connect = connect;
        this.scheduler = scheduler;
        this.period = period;
    }

    private static Duration period(LinkContext context) {
        return context.settings().lease().dividedBy(3);
    }

    /** Those that are no names. */
    static Set<URI> addresses(List<URI> routers) {
        return routers.stream().filter(RouterLookup::isNumeric).collect(Collectors.toSet());
    }

    /** Those that are. */
    static List<RouterSource> names(List<URI> routers, AddressLookup lookup) {
        return routers.stream()
                .filter(router -> !isNumeric(router))
                .distinct()
                .<RouterSource>map(router -> new RouterName(router, lookup))
                .toList();
    }

    private static boolean isNumeric(URI router) {
        return NetUtil.isValidIpV4Address(router.getHost()) || router.getHost().startsWith("[");
    }

    /** Starts connecting; returns at once. */
    public void start() {
        fixed.forEach(this::connect);
        if (!sources.isEmpty()) {
            task.update(scheduler.schedulePeriodically(this::look, 0, period.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private void look() {
        try {
            Set<URI> wanted = new HashSet<>(fixed);
            sources.forEach(source -> wanted.addAll(source.routers()));
            wanted.forEach(this::connect);
            connections.forEach((address, connection) -> {
                if (!wanted.contains(address)) {
                    connection.retire();
                }
            });
            connections.values().removeIf(Disposable::isDisposed);
        } catch (RuntimeException e) {
            log.error("A fault while the routers were looked up, which is tried again.", e);
        }
    }

    private void connect(URI address) {
        RouterConnection there = connections.get(address);
        if (there != null && !there.isDisposed()) {
            there.keep();
            return;
        }
        RouterConnection made = connect.apply(address);
        connections.put(address, made);
        made.start();
        if (disposed) {
            made.dispose();
        }
    }

    @Override
    public void dispose() {
        disposed = true;
        task.dispose();
        connections.values().forEach(Disposable::dispose);
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }
}
