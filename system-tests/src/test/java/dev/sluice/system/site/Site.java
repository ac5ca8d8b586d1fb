package dev.sluice.system.site;

import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.cli.platform.Patience;
import dev.sluice.cli.platform.Platform;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Programs;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.FrontendPage;
import dev.sluice.system.call.RouterPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A running platform with the demo actors and those of {@code dev.sluice.system.actors}. */
public final class Site implements AutoCloseable {

    /** A start beside others' work on two cores may take long; whoever waits for so long waits for something broken. */
    public static final Duration LONG = Duration.ofSeconds(180);

    /**
     * Of the sites that tests share and freeze nothing of: so long a process may stand still on a busy machine, and is not taken for
     * lost. A new one is ready later by it.
     */
    public static final String PATIENT_LEASE = "10s";

    public static final String SECRET = "known to all that belong here";

    /** For as many as seven JVMs that start together, and for one that ends. */
    private static final Patience PATIENCE = new Patience(LONG.multipliedBy(2), Duration.ofSeconds(60));

    private static final Duration STANDSTILL = Duration.ofSeconds(2);
    private static final int PORTS_PER_TIER = 4;

    /** They are told where the site's folder is. */
    private static final List<String> USE_FOLDER = List.of("once", "gate", "crowd", "ordered", "in-turn", "pace");

    /** By whoever tries them. */
    private static final List<String> DEPLOYED = List.of(
            "trial",
            "nest",
            "file-bytes",
            "label",
            "line-text",
            "sound-chunks",
            "text-line",
            "base64",
            "cleaner",
            "ticket-kinds");

    private final Platform platform;
    private final Path folder;

    private Site(Platform platform, Path folder) {
        this.platform = platform;
        this.folder = folder;
    }

    static Site start(Shape shape) {
        return start(
                shape.name().toLowerCase(Locale.ROOT),
                shape,
                BuiltPrograms.of(Places.project(), Progress.NONE),
                spec -> shape == Shape.PAIRS ? spec : patient(spec));
    }

    private static PlatformSpec patient(PlatformSpec bare) {
        PlatformSpec spec = bare;
        for (Tier tier : Tier.values()) {
            spec = spec.property(tier, "sluice.link.lease", PATIENT_LEASE);
        }
        return spec;
    }

    /** A platform of its own, for whoever closes it. */
    public static Site start(String name, Shape shape, Programs programs) {
        return start(name, shape, programs, UnaryOperator.identity());
    }

    /** @param settings what is set beside what the shape says */
    public static Site start(String name, Shape shape, Programs programs, UnaryOperator<PlatformSpec> settings) {
        Path folder = emptied(Places.folder(name));
        int port = Places.freePorts((3 + ExtraPort.values().length) * PORTS_PER_TIER);
        Path actors = ActorJar.folder(Places.project(), folder.resolve("actors"));
        PlatformSpec bare = PlatformSpec.bare(Places.project())
                .directory(folder.resolve(".sluice"))
                .patience(PATIENCE)
                .firstPort(Tier.FRONTEND, port)
                .firstPort(Tier.ROUTER, port + PORTS_PER_TIER)
                .firstPort(Tier.HOST, port + 2 * PORTS_PER_TIER)
                .property(Tier.HOST, "sluice.host.actors-dir", actors.toString());
        for (ExtraPort extra : ExtraPort.values()) {
            bare = bare.firstPort(extra, port + (3 + extra.ordinal()) * PORTS_PER_TIER);
        }
        for (Tier tier : Tier.values()) {
            bare = bare.property(tier, "sluice.cluster-secret", SECRET).jvmOptions(tier, OneProcess.SHORT_LIVED);
        }
        for (String actor : USE_FOLDER) {
            bare = bare.property(Tier.HOST, "sluice.actors." + actor + ".args.dir", folder.toString());
        }
        for (String actor : DEPLOYED) {
            bare = bare.property(Tier.HOST, "sluice.actors." + actor + ".replicas", "0");
        }
        Platform platform = new Platform(settings.apply(shape.of(bare)), programs, Progress.NONE);
        platform.start();
        Site site = new Site(platform, folder);
        // Those who were told to go do not run the test's own end.
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
        site.awaitKnown();
        return site;
    }

    /** Until each router knows all hosts, and each frontend whatever runs there: all are ready a moment before. */
    private void awaitKnown() {
        List<String> hosts = all(Tier.HOST).stream().map(ServiceProcess::name).toList();
        await("all know all").atMost(LONG).ignoreExceptions().until(() -> {
            List<List<RouterPage.Replica>> known =
                    routerPages().stream().map(RouterPage::replicas).toList();
            List<String> actors = known.stream()
                    .flatMap(List::stream)
                    .filter(replica -> replica.state().equals("ready"))
                    .map(RouterPage.Replica::actor)
                    .distinct()
                    .toList();
            return known.stream()
                            .allMatch(replicas -> replicas.stream()
                                    .map(RouterPage.Replica::host)
                                    .toList()
                                    .containsAll(hosts))
                    && frontendPages().stream().allMatch(page -> page.lists(actors));
        });
    }

    /** Where actors leave what is to outlive them; the platform's own directory is {@code .sluice} in it. */
    public Path folder() {
        return folder;
    }

    public ServiceProcess frontend(int number) {
        return platform.process("frontend-" + number);
    }

    public ServiceProcess router(int number) {
        return platform.process("router-" + number);
    }

    public ServiceProcess host(int number) {
        return platform.process("host-" + number);
    }

    public List<ServiceProcess> all(Tier tier) {
        return platform.processes(tier);
    }

    /** The control API of this router. */
    public ControlPage control(int router) {
        return new ControlPage(router(router).url());
    }

    /** Undeploys what tests have deployed, so that all room is free; the control API of the first router. */
    public ControlPage emptyFleet() {
        ControlPage control = control(0);
        control.undeployAll();
        return control;
    }

    /** Waits until the frontends know the actor. */
    public void awaitPublished(String actor) {
        await(actor + " is published")
                .atMost(LONG)
                .until(() -> frontendPages().stream().allMatch(page -> page.publishes(actor)));
    }

    /** Calls through this frontend. */
    public Caller caller(int frontend) {
        return new Caller(frontend(frontend).url());
    }

    public List<RouterPage> routerPages() {
        return all(Tier.ROUTER).stream()
                .map(router -> new RouterPage(router.url()))
                .toList();
    }

    public List<FrontendPage> frontendPages() {
        return all(Tier.FRONTEND).stream()
                .map(frontend -> new FrontendPage(frontend.url()))
                .toList();
    }

    /** The router that has this actor's queries: the one whose replicas of it were given some last. */
    public int routerOf(String actor) {
        Caller caller = caller(0);
        List<RouterPage> pages = routerPages();
        double[] before =
                pages.stream().mapToDouble(page -> page.attempts(actor)).toArray();
        // An input of its own: tests count how often each of them ran.
        caller.call(actor, "\"who-" + System.nanoTime() + "\"");
        return await("a router has counted the query of " + actor)
                .atMost(LONG)
                .until(
                        () -> IntStream.range(0, before.length)
                                .filter(i -> pages.get(i).attempts(actor) > before[i])
                                .findFirst(),
                        OptionalInt::isPresent)
                .getAsInt();
    }

    /** Brings back what a test has killed or frozen, and waits until all know all. */
    public void makeWhole() {
        List<ServiceProcess> processes = platform.processes();
        for (ServiceProcess process : processes) {
            if (process.alive()) {
                process.resume();
            } else {
                process.restart();
            }
        }
        processes.forEach(process -> process.awaitReady(LONG));
        List<String> hosts = all(Tier.HOST).stream().map(ServiceProcess::name).toList();
        int routers = all(Tier.ROUTER).size();
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> routerPages().stream()
                        .allMatch(page -> page.readyHosts().containsAll(hosts)));
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> frontendPages().stream().allMatch(page -> page.linkedRouters() == routers));
    }

    /** Waits until nothing is under way anywhere and every replica is free. */
    public void awaitCalm() {
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            frontendPages().forEach(FrontendPage::assertCalm);
            routerPages().forEach(RouterPage::assertCalm);
        });
    }

    /** How many links the routers have taken in their lives, by their logs: it stays while no link is lost. */
    public long linksOpened() {
        long opened = 0;
        for (ServiceProcess router : all(Tier.ROUTER)) {
            try (Stream<String> lines = Files.lines(router.log())) {
                opened +=
                        lines.filter(line -> line.contains("Linked with the ")).count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return opened;
    }

    /** Waits until what is in flight stays the same for a while: no more comes, and none of it can end. */
    public void awaitStandstill() {
        AtomicLong last = new AtomicLong(-1);
        await().atMost(LONG).pollInterval(STANDSTILL).until(() -> {
            long now = frontendPages().stream()
                    .mapToLong(page -> page.ledger().inFlight())
                    .sum();
            return last.getAndSet(now) == now;
        });
    }

    @Override
    public void close() {
        platform.processes().forEach(ServiceProcess::resume);
        platform.close();
    }

    private static Path emptied(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(folder))
                    .forEach(file -> file.toFile().delete());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
