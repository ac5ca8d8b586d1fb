package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.network.Weather;
import dev.sluice.benchmarks.report.Bar;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A part of the network through which nothing comes for a while, and the proof of it. */
final class Cut {

    /** Those who are linked say something every second: who is silent so long is not. */
    private static final Duration PINGS = Duration.ofSeconds(2);

    /** What had already passed the gate when it fell has arrived by then. */
    static final Duration GLANCE = Duration.ofMillis(300);

    private Cut() {}

    /** @param name of the fault */
    static Episode of(Network.Part part, FaultSite site, Duration hold, String name) throws IOException {
        int used = used(part);
        AtomicLong passed = new AtomicLong();
        Episode episode = site.during(
                () -> part.weather(Weather.CUT),
                () -> {
                    FaultSite.pause(GLANCE);
                    long before = sum(part);
                    FaultSite.pause(hold.minus(GLANCE));
                    passed.set(sum(part) - before);
                },
                () -> part.weather(Weather.FINE));
        return episode.with(
                Bar.atLeast(name + ": links that carried something before, of " + part.size(), used, part.size()),
                Bar.atMost(name + ": bytes that came through meanwhile", passed.get(), 0));
    }

    private static int used(Network.Part part) {
        List<Long> before = part.carried();
        FaultSite.pause(PINGS);
        List<Long> after = part.carried();
        int used = 0;
        for (int i = 0; i < before.size(); i++) {
            used += after.get(i) > before.get(i) ? 1 : 0;
        }
        return used;
    }

    private static long sum(Network.Part part) {
        return part.carried().stream().mapToLong(Long::longValue).sum();
    }
}
