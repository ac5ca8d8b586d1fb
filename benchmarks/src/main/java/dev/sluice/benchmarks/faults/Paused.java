package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
    public List<Bar> happen(FaultSite site, Duration hold) throws IOException {
        ServiceProcess victim = site.victim(tier);
        victim.pause();
        FaultSite.pause(hold);
        victim.resume();
        site.awaitReady();
        return List.of();
    }
}
