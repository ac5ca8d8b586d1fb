package dev.sluice.common.discovery;

import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkedPeers;
import dev.sluice.common.wire.Role;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;

/**
 * The tiers as this process knows them by its links, without any registry: {@code sluice-router} in a frontend and a host;
 * {@code sluice-host}, {@code sluice-frontend} and the routers that hosts name in a router. Says nothing where there is the client
 * of a registry: Spring Cloud asks all clients at once and takes what comes first, which would be this and not the registry's word.
 */
public final class SluiceDiscoveryClient implements ReactiveDiscoveryClient {

    private final Supplier<Stream<LinkedPeers>> peers;
    private final BooleanSupplier registry;

    /**
     * @param peers whoever knows some; asked each time, since they may not be there yet
     * @param registry whether this process has the client of a registry; asked each time, too
     */
    public SluiceDiscoveryClient(Supplier<Stream<LinkedPeers>> peers, BooleanSupplier registry) {
        this.peers = peers;
        this.registry = registry;
    }

    /** The name of a tier as a service, which is that of the stock service's application. */
    public static String serviceId(Role tier) {
        return "sluice-" + tier.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return "what this Sluice process is linked with";
    }

    @Override
    public Flux<ServiceInstance> getInstances(String serviceId) {
        return Flux.defer(() -> Flux.fromIterable(instances(serviceId)));
    }

    @Override
    public Flux<String> getServices() {
        return Flux.fromStream(() -> Arrays.stream(Role.values())
                .map(SluiceDiscoveryClient::serviceId)
                .filter(service -> !instances(service).isEmpty()));
    }

    /** After a list in the configuration, which answers as quickly. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    private List<LinkedInstance> instances(String serviceId) {
        if (registry.getAsBoolean()) {
            return List.of();
        }
        Map<String, LinkedInstance> byNodeId = new TreeMap<>();
        for (Role tier : Role.values()) {
            if (serviceId(tier).equals(serviceId)) {
                peers.get().forEach(each -> add(each, tier, byNodeId));
            }
        }
        return List.copyOf(byNodeId.values());
    }

    private static void add(LinkedPeers peers, Role tier, Map<String, LinkedInstance> byNodeId) {
        for (Link link : peers.links()) {
            if (link.peer().role() == tier) {
                LinkedInstance instance = linked(link, tier);
                byNodeId.put(instance.getInstanceId(), instance);
            }
        }
        if (tier == Role.ROUTER) {
            peers.namedRouters()
                    .forEach(nodeId -> byNodeId.computeIfAbsent(nodeId, id -> LinkedInstance.named(tier, id)));
        }
    }

    /** A router is where the link leads; others connect themselves, from a port that nobody can connect to. */
    private static LinkedInstance linked(Link link, Role tier) {
        InetSocketAddress address = link.peerAddress();
        return LinkedInstance.at(
                tier, link.peer().nodeId(), host(address), tier == Role.ROUTER ? address.getPort() : 0);
    }

    private static String host(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }
}
