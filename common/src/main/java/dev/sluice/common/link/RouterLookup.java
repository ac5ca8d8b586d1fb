package dev.sluice.common.link;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
 * Keeps a link to each router. A name stands for as many routers as it has addresses; it is looked up again every third of a
 * lease, so that routers may come and go. Where the lookup fails, all stays as it was: a link needs no name to go on.
 */
public final class RouterLookup implements Disposable {

    private static final Logger log = LoggerFactory.getLogger(RouterLookup.class);

    private final AddressLookup lookup;
    private final Function<URI, RouterConnection> connect;
    private final Scheduler scheduler;
    private final Duration period;
    private final Set<URI> numeric = new HashSet<>();
    /** What each name stood for when it last had an address. Only for the periodic task. */
    private final Map<URI, Set<URI>> named = new LinkedHashMap<>();
    /** Names that had no address the last time. Only for the periodic task. */
    private final Set<URI> missed = new HashSet<>();

    private final Map<URI, RouterConnection> connections = new ConcurrentHashMap<>();
    private final Disposable.Swap task = Disposables.swap();
    private volatile boolean disposed;

    /** @param routers scheme, host and port of each, for instance {@code http://router:7000} */
    public RouterLookup(LinkContext context, List<URI> routers, LoopResources loops) {
        this(
                routers,
                AddressLookup.system(),
                address -> new LinkConnector(context, address, loops),
                Schedulers.boundedElastic(),
                context.settings().lease().dividedBy(3));
    }

    RouterLookup(
            List<URI> routers,
            AddressLookup lookup,
            Function<URI, RouterConnection> connect,
            Scheduler scheduler,
            Duration period) {
        this.lookup = lookup;
        this.connect = connect;
        this.scheduler = scheduler;
        this.period = period;
        for (URI router : routers) {
            if (isNumeric(router.getHost())) {
                numeric.add(router);
            } else {
                named.put(router, Set.of());
            }
        }
    }

    private static boolean isNumeric(String host) {
        return NetUtil.isValidIpV4Address(host) || host.startsWith("[");
    }

    /** Starts connecting; returns at once. */
    public void start() {
        numeric.forEach(this::connect);
        if (!named.isEmpty()) {
            task.update(scheduler.schedulePeriodically(this::look, 0, period.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private void look() {
        try {
            named.replaceAll(this::addressesOf);
            Set<URI> wanted =
                    named.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
            wanted.addAll(numeric);
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

    private Set<URI> addressesOf(URI router, Set<URI> before) {
        try {
            Set<URI> found = resolved(router);
            if (missed.remove(router) || !found.equals(before)) {
                log.info("The routers of {} are {}.", router, found);
            }
            return found;
        } catch (UnknownHostException e) {
            if (missed.add(router)) {
                log.warn(
                        "The name {} of sluice.routers has no address at the moment, looking again: {}.",
                        router.getHost(),
                        before.isEmpty() ? "no router is up, or the name is wrong" : "the links that there are go on");
            }
            return before;
        }
    }

    /** One family of addresses, the older one where there are both: each router is there once. */
    private Set<URI> resolved(URI router) throws UnknownHostException {
        List<InetAddress> addresses = lookup.addressesOf(router.getHost());
        boolean four = addresses.stream().anyMatch(Inet4Address.class::isInstance);
        return addresses.stream()
                .filter(address -> !four || address instanceof Inet4Address)
                .map(address -> URI.create(router.getScheme() + "://"
                        + NetUtil.toSocketAddressString(new InetSocketAddress(address, router.getPort()))))
                .collect(Collectors.toCollection(TreeSet::new));
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
