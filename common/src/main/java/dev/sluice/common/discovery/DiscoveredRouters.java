package dev.sluice.common.discovery;

import dev.sluice.common.link.AddressLookup;
import dev.sluice.common.link.RouterSource;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;

/**
 * The routers that a discovery client names as instances of a service. Many clients give no instance where their registry does
 * not answer, so that none at all counts as no answer.
 */
public final class DiscoveredRouters implements RouterSource {

    private static final Logger log = LoggerFactory.getLogger(DiscoveredRouters.class);

    private final String serviceId;
    private final ReactiveDiscoveryClient client;
    private final Duration patience;
    private final String scheme;
    private final AddressLookup lookup;
    private Set<URI> last = Set.of();
    /** The address that each instance had when it last had one, by host and port. */
    private Map<String, URI> addresses = Map.of();

    private boolean missed;

    /**
     * @param serviceId under which routers register themselves
     * @param patience how long an answer may take
     * @param scheme of the addresses of all routers; a registry need not know it
     */
    public DiscoveredRouters(String serviceId, ReactiveDiscoveryClient client, Duration patience, String scheme) {
        this(serviceId, client, patience, scheme, AddressLookup.system());
    }

    DiscoveredRouters(
            String serviceId, ReactiveDiscoveryClient client, Duration patience, String scheme, AddressLookup lookup) {
        this.serviceId = serviceId;
        this.client = client;
        this.patience = patience;
        this.scheme = scheme;
        this.lookup = lookup;
    }

    @Override
    public Set<URI> routers() {
        List<ServiceInstance> instances;
        try {
            instances = ask();
        } catch (RuntimeException e) {
            missed("the discovery client failed: " + e.getMessage());
            return last;
        }
        Set<URI> found = addresses(instances);
        if (found.isEmpty()) {
            missed(instances.isEmpty() ? "it has no instance" : "its instances have no addresses");
            return last;
        }
        if (missed || !found.equals(last)) {
            log.info("The routers of the service {} are {}.", serviceId, found);
        }
        missed = false;
        last = found;
        return found;
    }

    /** What this process knows by its own links is no news of routers, and would forget those whose link broke. */
    private List<ServiceInstance> ask() {
        List<ServiceInstance> instances = client.getInstances(serviceId)
                .filter(instance -> !(instance instanceof LinkedInstance))
                .collectList()
                .block(patience);
        return instances == null ? List.of() : instances;
    }

    /** Said once, however often it comes in a row. */
    private void missed(String what) {
        // An interrupt is the end of this process, which misses nothing any more.
        if (!missed && !Thread.currentThread().isInterrupted()) {
            log.warn(
                    "No router is found by the service {} of sluice.discovery.service-id at the moment, asking again: {}; {}.",
                    serviceId,
                    what,
                    last.isEmpty() ? "is a router up, and is it registered there?" : "the links that there are go on");
        }
        missed = true;
    }

    private Set<URI> addresses(List<ServiceInstance> instances) {
        Map<String, URI> now = new HashMap<>();
        for (ServiceInstance instance : instances) {
            String place = instance.getHost() + " " + port(instance);
            URI address = address(instance.getHost(), port(instance));
            URI known = address == null ? addresses.get(place) : address;
            if (known != null) {
                now.put(place, known);
            }
        }
        addresses = now;
        return new TreeSet<>(now.values());
    }

    /** One address for each instance: a router that had two would get two links, and keeps one of a peer. */
    private @Nullable URI address(String host, int port) {
        try {
            var address = AddressLookup.olderFamily(lookup.addressesOf(host)).get(0);
            return URI.create(scheme + "://" + NetUtil.toSocketAddressString(new InetSocketAddress(address, port)));
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static int port(ServiceInstance instance) {
        String port =
                instance.getMetadata() == null ? null : instance.getMetadata().get(InstanceMetadata.LINK_PORT);
        return port != null && port.matches("\\d{1,5}") ? Integer.parseInt(port) : instance.getPort();
    }
}
