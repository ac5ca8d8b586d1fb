package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.RouterPage;
import dev.sluice.system.registry.BuiltFor;
import dev.sluice.system.registry.Eureka;
import dev.sluice.system.registry.Registry;
import dev.sluice.system.registry.ZooKeeper;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tiers find each other by a registry, and need it for nothing else. */
class DiscoveryIT {

    private static final Map<String, String> BY_SERVICE = Map.of(
            "sluice.discovery.service-id", "sluice-router",
            // Nobody is there: who is linked was found.
            "sluice.routers", "http://127.0.0.1:1");

    /** A question every second, and what the registry takes to tell; the rest is for a busy machine. As it comes, Eureka takes longer. */
    private static final Duration SECONDS = Duration.ofSeconds(60);

    static Stream<Named<Supplier<Registry>>> registries() {
        return Stream.of(Named.of("Eureka", Eureka::start), Named.of("ZooKeeper", ZooKeeper::start));
    }

    @ParameterizedTest
    @MethodSource("registries")
    void findsRoutersAndOutlivesTheRegistry(Supplier<Registry> start, TestReporter report) throws IOException {
        try (Registry registry = start.get();
                Site site = site(registry)) {
            awaitLinked(site, 2);
            assertThat(site.caller(0).call("vadder", "1").ok()).isTrue();
            comesLaterAndGoes(registry, site, report);
            Load.of(
                            2,
                            caller -> assertThat(site.caller(0)
                                            .call("often", "\"a\"")
                                            .ok())
                                    .isTrue())
                    .pausing(Duration.ofMillis(20))
                    .during(() -> {
                        registry.die();
                        breaksALinkAndMakesItAnew(site);
                    });
            registry.comeBack();
            comesLaterAndGoes(registry, site, report);
            site.awaitCalm();
        }
    }

    private static void comesLaterAndGoes(Registry registry, Site site, TestReporter report) throws IOException {
        int port = Places.freePorts(1);
        List<String> properties = new ArrayList<>(
                List.of("server.port=" + port, "sluice.node-id=later-" + port, "sluice.cluster-secret=" + Site.SECRET));
        registry.settings().forEach((key, value) -> properties.add(key + "=" + value));
        try (OneProcess later = OneProcess.service(
                "later",
                BuiltFor.client(registry.client(), Tier.values()).of(Tier.ROUTER),
                properties.toArray(String[]::new))) {
            await("it listens").atMost(Site.LONG).until(() -> later.output().contains("Started RouterApplication"));
            long start = System.nanoTime();
            await("the frontend has found it")
                    .atMost(SECONDS)
                    .ignoreExceptions()
                    .until(() -> site.frontendPages().get(0).linkedRouters() == 3);
            report.publishEntry("found after ms", Long.toString((System.nanoTime() - start) / 1_000_000));
            RouterPage page = new RouterPage(URI.create("http://127.0.0.1:" + port));
            await("the host has found it")
                    .atMost(SECONDS)
                    .ignoreExceptions()
                    .until(() -> page.readyHosts().contains("host-0"));
            later.stop();
        }
        await("it is let go")
                .atMost(SECONDS)
                .until(() -> !lastFound(site.frontend(0).log()).contains(":" + port)
                        && !lastFound(site.host(0).log()).contains(":" + port));
        awaitLinked(site, 2);
    }

    /** What was found last says the log of whoever looks. */
    private static String lastFound(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("The routers of the service sluice-router are "))
                    .reduce("", (before, after) -> after);
        }
    }

    /** A router that stands still for longer than a lease loses its links; who linked with it knows where it was. */
    private static void breaksALinkAndMakesItAnew(Site site) {
        site.router(1).pause();
        awaitLinked(site, 1);
        site.router(1).resume();
        awaitLinked(site, 2);
        RouterPage page = new RouterPage(site.router(1).url());
        await("the host is linked again")
                .atMost(Site.LONG)
                .ignoreExceptions()
                .until(() -> page.readyHosts().contains("host-0"));
    }

    private static void awaitLinked(Site site, int routers) {
        await(routers + " routers are linked")
                .atMost(Site.LONG)
                .ignoreExceptions()
                .until(() -> site.frontendPages().get(0).linkedRouters() == routers);
    }

    private static Site site(Registry registry) {
        return Site.start(
                "found-by-" + registry.client(),
                Shape.FOUND,
                BuiltFor.client(registry.client(), Tier.values()),
                bare -> {
                    PlatformSpec spec = bare;
                    for (Tier tier : Tier.values()) {
                        spec = with(with(spec, tier, registry.settings()), tier, BY_SERVICE);
                    }
                    return spec;
                });
    }

    private static PlatformSpec with(PlatformSpec bare, Tier tier, Map<String, String> properties) {
        PlatformSpec spec = bare;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            spec = spec.property(tier, property.getKey(), property.getValue());
        }
        return spec;
    }
}
