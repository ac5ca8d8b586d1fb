package dev.sluice.common.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import reactor.core.publisher.Flux;

/** A registry's client that says what the test says. */
public final class ScriptedClient implements ReactiveDiscoveryClient {

    final List<ServiceInstance> instances = new ArrayList<>();
    final List<String> asked = new ArrayList<>();

    @Nullable RuntimeException failure;

    boolean silent;

    void names(String host, int port) {
        names(host, port, Map.of());
    }

    void names(String host, int port, Map<String, String> metadata) {
        instances.add(new DefaultServiceInstance(host + port, "sluice-router", host, port, false, metadata));
    }

    @Override
    public String description() {
        return "scripted";
    }

    @Override
    public Flux<ServiceInstance> getInstances(String serviceId) {
        asked.add(serviceId);
        if (silent) {
            return Flux.never();
        }
        return failure == null ? Flux.fromIterable(List.copyOf(instances)) : Flux.error(failure);
    }

    @Override
    public Flux<String> getServices() {
        return Flux.just("sluice-router");
    }
}
