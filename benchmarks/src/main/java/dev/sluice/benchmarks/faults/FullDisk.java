package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.tiers.ControlApi;
import dev.sluice.cli.platform.PlatformException;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The router cannot write a byte to any file, neither what is wanted of actors nor its log; then it can again, and is killed, so that
 * it has to know what it said that it had taken. A limit on the size of its files stands for the full disk: that takes no rights.
 */
record FullDisk() implements Fault {

    private static final String KEPT = "kept";
    private static final String FULL = "1";
    private static final String ROOM = "unlimited";

    @Override
    public String name() {
        return "full disk";
    }

    @Override
    public String what() {
        return "the router can write to no file (as prlimit --fsize says), then it can again, and is killed and started";
    }

    @Override
    public Shape shape() {
        return Shape.ALONE;
    }

    @Override
    public List<Bar> happen(FaultSite site, Duration hold) throws IOException {
        ServiceProcess router = site.first(Tier.ROUTER);
        wish(site.control(), "1");
        int refused = 0;
        String meanwhile;
        limit(router, FULL);
        try {
            refused += isRefused(site.control(), "2") ? 1 : 0;
            FaultSite.pause(hold);
            refused += isRefused(site.control(), "3") ? 1 : 0;
            meanwhile = version(site.control());
        } finally {
            limit(router, ROOM);
        }
        wish(site.control(), "4");
        router.kill();
        router.restart();
        site.awaitReady();
        String after = version(site.control());
        return List.of(
                Bar.atLeast("full disk: changes that were refused, of 2", refused, 2),
                Bar.atLeast("full disk: what was wanted before is wanted meanwhile", meanwhile.equals("1") ? 1 : 0, 1),
                Bar.atLeast("full disk: what was taken after it is known after a kill", after.equals("4") ? 1 : 0, 1));
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
