package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.network.TcpProxy;
import dev.sluice.benchmarks.network.Weather;
import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.tiers.ControlApi;
import dev.sluice.benchmarks.tiers.MetricsPage;
import dev.sluice.cli.Project;
import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.PlatformException;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Programs;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tiers of this bench alone, with a network between routers and the others that can be made bad. */
final class FaultSite implements AutoCloseable {

    static final String ACTOR = "vadder";

    private static final Duration READY = Duration.ofSeconds(120);
    private static final Duration GLANCE = Duration.ofMillis(300);

    private final Path folder;
    private final StartedTiers tiers;
    private final FakedClocks clocks;
    private final Map<Tier, List<TcpProxy>> networks;

    private FaultSite(Path folder, StartedTiers tiers, FakedClocks clocks, Map<Tier, List<TcpProxy>> networks) {
        this.folder = folder;
        this.tiers = tiers;
        this.clocks = clocks;
        this.networks = networks;
    }

    static FaultSite start(Shape shape, Consumer<String> progress) throws IOException {
        Path folder = Files.createTempDirectory("sluice-bench-faults");
        int port = freePorts(shape.routers());
        Map<Tier, List<TcpProxy>> networks =
                Map.of(Tier.FRONTEND, proxies(port, shape.routers()), Tier.HOST, proxies(port, shape.routers()));
        Path project = Project.folder();
        PlatformSpec spec = PlatformSpec.offering(project)
                .directory(project.resolve(".sluice/bench-faults"))
                .count(Tier.FRONTEND, shape.frontends())
                .count(Tier.ROUTER, shape.routers())
                .count(Tier.HOST, shape.hosts())
                .freePorts()
                .firstPort(Tier.ROUTER, port)
                .property(Tier.HOST, "sluice.actors." + ACTOR + ".replicas", "1")
                .property(Tier.FRONTEND, "sluice.routers", urls(networks, Tier.FRONTEND))
                .property(Tier.HOST, "sluice.routers", urls(networks, Tier.HOST));
        for (int i = 0; i < shape.routers(); i++) {
            spec = spec.property(
                    "router-" + i,
                    "sluice.fleet.dir",
                    folder.resolve("fleet-" + i).toString());
        }
        FakedClocks clocks = new FakedClocks(folder);
        Programs built = BuiltPrograms.of(project, Progress.NONE);
        return new FaultSite(
                folder,
                StartedTiers.start(spec, shape.fakedClocks() ? clocks.over(built) : built, progress),
                clocks,
                networks);
    }

    private static List<TcpProxy> proxies(int firstPort, int count) throws IOException {
        List<TcpProxy> proxies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            proxies.add(new TcpProxy(firstPort + i));
        }
        return List.copyOf(proxies);
    }

    private static String urls(Map<Tier, List<TcpProxy>> networks, Tier of) {
        return networks.getOrDefault(of, List.of()).stream()
                .map(proxy -> proxy.url().toString())
                .collect(Collectors.joining(","));
    }

    /** So many in a row, of which the first is given. */
    private static int freePorts(int count) throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = first.getLocalPort();
                boolean free = port + count <= 65_535;
                for (int next = port + 1; free && next < port + count; next++) {
                    free = isFree(next);
                }
                if (free) {
                    return port;
                }
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
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

    /** All of an actor's queries pass one router: its number. Takes a load. */
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
        return busy;
    }

    private List<Double> queries() throws IOException {
        List<Double> queries = new ArrayList<>();
        for (ServiceProcess router : all(Tier.ROUTER)) {
            queries.add(MetricsPage.of(router.url()).sum("sluice_queries_total"));
        }
        return queries;
    }

    /** Between a tier and this router. */
    void weather(Tier tier, int router, Weather weather) {
        networks.getOrDefault(tier, List.of()).get(router).weather(weather);
    }

    /** Between a tier and all routers. */
    void weather(Tier tier, Weather weather) {
        networks.getOrDefault(tier, List.of()).forEach(proxy -> proxy.weather(weather));
    }

    /** Puts right whatever was left wrong. */
    void makeWhole() {
        weather(Tier.FRONTEND, Weather.FINE);
        weather(Tier.HOST, Weather.FINE);
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
    public void close() throws IOException {
        tiers.close();
        for (List<TcpProxy> proxies : networks.values()) {
            for (TcpProxy proxy : proxies) {
                proxy.close();
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
