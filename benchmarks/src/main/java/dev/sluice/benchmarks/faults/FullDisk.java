package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.tiers.ControlApi;
import dev.sluice.cli.platform.PlatformException;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The router cannot write a byte to any file, neither what is wanted of actors nor its log; is killed meanwhile, and has to
 * know what it knew before; then it can again, takes a change, is killed, and has to know that. A limit on the size of its files stands for the full disk: that takes no rights.
 */
record FullDisk() implements Fault {

    private static final String KEPT = "kept";
    private static final String FULL = "0";

    @Override
    public String name() {
        return "full disk";
    }

    @Override
    public String what() {
        return "the router can write to no file (as prlimit --fsize says), and is killed; then it can again, and is killed";
    }

    @Override
    public Shape shape() {
        return Shape.ALONE;
    }

    @Override
    public Episode happen(FaultSite site, Duration hold) throws IOException {
        ServiceProcess router = site.first(Tier.ROUTER);
        wish(site.control(), "1");
        long from = System.nanoTime();
        limit(router, FULL);
        int refused = isRefused(site.control(), "2") ? 1 : 0;
        FaultSite.pause(hold);
        refused += isRefused(site.control(), "3") ? 1 : 0;
        boolean keptMeanwhile = version(site.control()).equals("1");
        long over = System.nanoTime();
        // What it began to write and could not is there as it was left: nothing was written well since. The limit dies
        // with it.
        startAnew(router, site);
        boolean keptBefore = version(site.control()).equals("1");
        wish(site.control(), "4");
        startAnew(router, site);
        boolean keptAfter = version(site.control()).equals("4");
        return new Episode(from, over, System.nanoTime(), List.of())
                .with(
                        Bar.atLeast("full disk: changes that were refused, of 2", refused, 2),
                        isTrue("full disk: what was wanted before is wanted meanwhile", keptMeanwhile),
                        isTrue("full disk: what was wanted before is known after a kill while it is full", keptBefore),
                        isTrue("full disk: what was taken after it is known after a kill", keptAfter));
    }

    private static void startAnew(ServiceProcess router, FaultSite site) throws IOException {
        router.kill();
        router.restart();
        site.awaitReady();
    }

    private static Bar isTrue(String what, boolean is) {
        return Bar.atLeast(what, is ? 1 : 0, 1);
    }

    /** There is one router, and it is killed. */
    @Override
    public Optional<Span> outage(Episode episode, FaultPlan plan) {
        return Optional.of(
                new Span(episode.over(), episode.ready() + plan.settling().toNanos()));
    }

    @Override
    public List<Bar> bars(Aftermath aftermath) {
        Episode episode = aftermath.episode();
        long killed =
                episode.over() - Duration.ofMillis(FaultRun.HURRIED_MILLIS).toNanos();
        return List.of(Bar.atLeast(
                "full disk: attainment while it is full",
                aftermath.attainment(new Span(episode.from(), killed)),
                Aftermath.GOOD));
    }

    private static void wish(ControlApi control, String version) throws IOException {
        String goal =
                "{\"version\": \"%s\", \"type\": \"vadder\", \"replicas\": {\"min\": 0, \"max\": 1}, \"rollout\": false}";
        control.send("PUT", "actors/" + KEPT, goal.formatted(version));
    }

    private static boolean isRefused(ControlApi control, String version) throws IOException {
        try {
            wish(control, version);
            return false;
        } catch (PlatformException refused) {
            return String.valueOf(refused.getMessage()).contains("cannot be written");
        }
    }

    private static String version(ControlApi control) throws IOException {
        return control.get("actors/" + KEPT).path("goal").path("version").asString("");
    }

    private static void limit(ServiceProcess process, String bytes) throws IOException {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":unlimited")
                .inheritIO()
                .start();
        try {
            if (prlimit.waitFor() != 0) {
                throw new IOException("prlimit cannot limit the files of " + process.name() + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
