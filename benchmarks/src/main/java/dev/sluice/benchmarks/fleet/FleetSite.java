package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.tiers.ControlApi;
import dev.sluice.cli.Project;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A frontend, routers and hosts of this bench alone, which remember nothing of the run before. */
final class FleetSite implements AutoCloseable {

    private final Path folder;
    private final Optional<SharedStore> store;
    private final StartedTiers tiers;

    private FleetSite(Path folder, Optional<SharedStore> store, StartedTiers tiers) {
        this.folder = folder;
        this.store = store;
        this.tiers = tiers;
    }

    /** One router, which keeps what is wanted in a file. */
    static FleetSite ofOneRouter(Consumer<String> progress) throws IOException {
        Path folder = Files.createTempDirectory("sluice-bench-fleet");
        PlatformSpec spec = spec("bench-fleet", 3).property(Tier.ROUTER, "sluice.fleet.dir", folder.toString());
        return new FleetSite(folder, Optional.empty(), StartedTiers.start(spec, progress));
    }

    /** Two routers that share a store. */
    static FleetSite ofTwoRouters(Path redis, Consumer<String> progress) throws IOException {
        Path folder = Files.createTempDirectory("sluice-bench-fleet");
        SharedStore store = SharedStore.start(redis, folder);
        PlatformSpec spec = spec("bench-fleet-shared", 2)
                .count(Tier.ROUTER, 2)
                .property(Tier.ROUTER, "sluice.fleet.store", "redis")
                .property(Tier.ROUTER, "spring.data.redis.url", store.url());
        return new FleetSite(folder, Optional.of(store), StartedTiers.start(spec, progress));
    }

    private static PlatformSpec spec(String folder, int hosts) {
        Path project = Project.folder();
        return PlatformSpec.offering(project)
                .directory(project.resolve(".sluice").resolve(folder))
                .count(Tier.HOST, hosts)
                .freePorts();
    }

    URI url(String actor) {
        return tiers.url(actor);
    }

    List<ServiceProcess> routers() {
        return tiers.processes(Tier.ROUTER);
    }

    ControlApi control() {
        return new ControlApi(routers().stream()
                .filter(ServiceProcess::alive)
                .findFirst()
                .orElseThrow()
                .url());
    }

    ServiceProcess process(Tier tier, String name) {
        return tiers.processes(tier).stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        tiers.close();
        store.ifPresent(SharedStore::close);
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
