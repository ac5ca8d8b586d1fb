package dev.sluice.common.config;

import dev.sluice.common.discovery.InstanceMetadata;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * How a stock service registers itself and asks others, unless told otherwise: under the address where it listens, with its node
 * id and port, and without what it has no use for. Adds nothing where Spring Cloud's discovery is not on the class path.
 */
public final class DiscoveryDefaults implements EnvironmentPostProcessor, Ordered {

    private static final String DISCOVERY = "org.springframework.cloud.client.discovery.ReactiveDiscoveryClient";
    private static final String EUREKA = "eureka.instance.";
    private static final String ZOOKEEPER = "spring.cloud.zookeeper.discovery.";
    private static final String CONSUL = "spring.cloud.consul.discovery.";

    /** They say the same every second or two while a registry does not answer, most with a stack trace; who asks says it once. */
    private static final Map<String, String> REPETITIVE = Map.of(
            "org.springframework.cloud.zookeeper.discovery.reactive", "off",
            "org.springframework.cloud.consul.discovery.reactive", "off",
            "org.apache.zookeeper", "error",
            "com.netflix.discovery.DiscoveryClient", "warn",
            "com.netflix.discovery.shared.transport.decorator", "error");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (ClassUtils.isPresent(DISCOVERY, application.getClassLoader())) {
            environment.getPropertySources().addLast(new MapPropertySource("sluiceDiscoveryDefaults", of(environment)));
        }
    }

    private static Map<String, Object> of(ConfigurableEnvironment environment) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        int port = environment.getProperty("server.port", Integer.class, 8080);
        SluiceProperties sluice = Binder.get(environment).bindOrCreate("sluice", SluiceProperties.class);
        String nodeId = sluice.nodeIdOr(port);
        metadata(defaults, EUREKA + "metadata-map.", nodeId, port);
        metadata(defaults, ZOOKEEPER + "metadata.", nodeId, port);
        metadata(defaults, CONSUL + "metadata.", nodeId, port);
        // By its own default two routers on the same port are one in Consul.
        defaults.put(
                CONSUL + "instance-id",
                environment.getProperty("spring.application.name", "sluice") + "-" + nodeId.replace(':', '-'));

        defaults.put(EUREKA + "prefer-ip-address", true);
        defaults.put(ZOOKEEPER + "prefer-ip-address", true);
        defaults.put(CONSUL + "prefer-ip-address", true);
        String address = address(environment);
        if (address != null) {
            defaults.put(EUREKA + "ip-address", address);
            defaults.put(ZOOKEEPER + "instance-ip-address", address);
            defaults.put(CONSUL + "ip-address", address);
        }
        defaults.put("eureka.client.registry-fetch-interval-seconds", 2);
        // A router is ready a lease after its start, and that time is for others to link with it.
        defaults.put("spring.cloud.kubernetes.discovery.include-not-ready-addresses", true);
        defaults.put("spring.cloud.consul.discovery.catalog-services-watch.enabled", false);
        defaults.put("spring.cloud.loadbalancer.enabled", false);
        REPETITIVE.forEach((logger, level) -> defaults.put("logging.level." + logger, level));
        return defaults;
    }

    private static void metadata(Map<String, Object> defaults, String prefix, String nodeId, int port) {
        defaults.put(prefix + InstanceMetadata.NODE_ID, nodeId);
        defaults.put(prefix + InstanceMetadata.LINK_PORT, port);
    }

    /** Null where it listens on all of them: Spring Cloud then chooses one of the machine's. */
    private static @Nullable String address(ConfigurableEnvironment environment) {
        InetAddress address = Binder.get(environment)
                .bind("server.address", InetAddress.class)
                .orElse(null);
        return address == null || address.isAnyLocalAddress() ? null : NetUtil.toAddressString(address);
    }

    /** After the files of settings have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
