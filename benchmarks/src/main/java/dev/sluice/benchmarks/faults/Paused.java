package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that stands still, holds its connections and says nothing; then it goes on as if nothing had been. */
record Paused(Tier tier) implements Fault {

    @Override
    public String name() {
        return "pause " + tier.word();
    }

    @Override
    public String what() {
        return "one stands still (SIGSTOP), and goes on";
    }

    @Override
    public Episode happen(FaultSite site, Duration hold) throws IOException {
        ServiceProcess victim = site.victim(tier);
        AtomicInteger answered = new AtomicInteger();
        Episode episode = site.during(
                victim::pause,
                () -> {
                    FaultSite.pause(hold);
                    answered.set(victim.ready() ? 1 : 0);
                },
                victim::resume);
        return episode.with(Bar.atMost(name() + ": answers of one that stands still", answered.get(), 0));
    }
}
