package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.network.Weather;
import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.tiers.ControlApi;
import dev.sluice.benchmarks.tiers.MetricsPage;
import dev.sluice.cli.Project;
import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.PlatformException;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Ports;
import dev.sluice.cli.platform.Programs;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Tiers of this bench alone, with a network between routers and the others that can be made bad. */
final class FaultSite implements AutoCloseable {

    static final String ACTOR = "vadder";

    private static final Duration READY = Duration.ofSeconds(120);
    private static final Duration GLANCE = Duration.ofMillis(300);

    private final StartedTiers tiers;
    private final FakedClocks clocks;
    private final Network network;

    private FaultSite(StartedTiers tiers, FakedClocks clocks, Network network) {
        this.tiers = tiers;
        this.clocks = clocks;
        this.network = network;
    }

    static FaultSite start(Shape shape, FaultPlan plan, Consumer<String> progress) throws IOException {
        int port = Ports.freeRow(shape.routers());
        Network network = Network.before(port, shape.routers());
        Path folder = Files.createTempDirectory("sluice-bench-faults");
        Path project = Project.folder();
        PlatformSpec spec = PlatformSpec.offering(project)
                .directory(project.resolve(".sluice/bench-faults"))
                .count(Tier.FRONTEND, shape.frontends())
                .count(Tier.ROUTER, shape.routers())
                .count(Tier.HOST, shape.hosts())
                .freePorts()
                .firstPort(Tier.ROUTER, port)
                .property(Tier.HOST, "sluice.actors." + ACTOR + ".replicas", "1")
                .property(Tier.FRONTEND, "sluice.routers", network.routers(Tier.FRONTEND))
                .property(Tier.HOST, "sluice.routers", network.routers(Tier.HOST));
        for (int i = 0; i < shape.routers(); i++) {
            spec = spec.property(
                    "router-" + i,
                    "sluice.fleet.dir",
                    folder.resolve("fleet-" + i).toString());
        }
        if (plan.shortLived()) {
            spec = StartedTiers.shortLived(spec);
        }
        FakedClocks clocks = new FakedClocks(folder);
        Programs built = BuiltPrograms.of(project, Progress.NONE);
        Programs programs = shape.fakedClocks() ? clocks.over(built) : built;
        return new FaultSite(
                StartedTiers.start(spec, programs, progress, () -> tidy(network, folder)), clocks, network);
    }

    private static void tidy(Network network, Path folder) {
        try {
            network.close();
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ServiceProcess> all(Tier tier) {
        return tiers.processes(tier);
    }

    ServiceProcess first(Tier tier) {
        return all(tier).get(0);
    }

    List<URI> urls() {
        return all(Tier.FRONTEND).stream()
                .map(frontend -> frontend.url().resolve("/" + ACTOR))
                .toList();
    }

    ControlApi control() {
        return new ControlApi(first(Tier.ROUTER).url());
    }

    FakedClocks clocks() {
        return clocks;
    }

    /** The one that hurts most of its tier: of routers the one that has the queries. */
    ServiceProcess victim(Tier tier) throws IOException {
        return tier == Tier.ROUTER ? all(tier).get(busyRouter()) : first(tier);
    }

    /**
     * All of an actor's queries pass one router: its number. Takes a load.
     *
     * @throws PlatformException where none has any: then nothing would go wrong
     */
    int busyRouter() throws IOException {
        List<Double> before = queries();
        pause(GLANCE);
        List<Double> after = queries();
        int busy = 0;
        for (int i = 1; i < before.size(); i++) {
            if (after.get(i) - before.get(i) > after.get(busy) - before.get(busy)) {
                busy = i;
            }
        }
        if (after.get(busy) - before.get(busy) <= 0) {
            throw new PlatformException(
                    "No router has any queries, as far as it counts: see the logs in .sluice/bench-faults.");
        }
        return busy;
    }

    private List<Double> queries() throws IOException {
        List<Double> queries = new ArrayList<>();
        for (ServiceProcess router : all(Tier.ROUTER)) {
            queries.add(MetricsPage.of(router.url()).sum("sluice_queries_total"));
        }
        return queries;
    }

    Network network() {
        return network;
    }

    /** A part of what happens. */
    interface Step {
        void take() throws IOException;
    }

    /** What begins, lasts and is put right again, in any case; until all are ready. */
    Episode during(Step wrong, Step meanwhile, Step right) throws IOException {
        long from = System.nanoTime();
        long over;
        try {
            wrong.take();
            meanwhile.take();
        } finally {
            over = System.nanoTime();
            right.take();
        }
        awaitReady();
        return new Episode(from, over, System.nanoTime(), List.of());
    }

    /** Puts right whatever was left wrong. */
    void makeWhole() {
        network.whole().weather(Weather.FINE);
        for (Tier tier : Tier.values()) {
            for (ServiceProcess process : all(tier)) {
                if (process.alive()) {
                    process.resume();
                } else {
                    process.restart();
                }
            }
        }
        awaitReady();
    }

    void awaitReady() {
        for (Tier tier : Tier.values()) {
            all(tier).forEach(process -> process.awaitReady(READY));
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("The bench was interrupted.");
        }
    }

    @Override
    public void close() {
        tiers.close();
    }
}
